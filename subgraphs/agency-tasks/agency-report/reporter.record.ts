import { Column, Entity, PrimaryColumn } from "typeorm";

/** That an agency owes a yearly report, from the plan itself or by succession, and for how long. */
@Entity({ name: "reporter" })
export class ReporterRecord {
  @PrimaryColumn({ name: "reporting_duty_code", type: "varchar", length: 8 })
  reportingDutyCode!: string;

  @PrimaryColumn({ name: "agency_id", type: "varchar", length: 64 })
  agencyId!: string;

  @Column({ name: "from_on", type: "date", nullable: true })
  fromOn!: string | null;

  @Column({ name: "until_on", type: "date", nullable: true })
  untilOn!: string | null;

  /** EXPLICIT, or INFERRED where the plan's wording had to be read. */
  @Column({ type: "varchar", length: 16 })
  basis!: string;
}
