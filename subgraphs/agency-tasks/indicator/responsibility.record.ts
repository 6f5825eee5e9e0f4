import { Column, Entity, PrimaryColumn } from "typeorm";

/** That an agency answers for an indicator by a duty, from the plan itself or by succession, and for how long. */
@Entity({ name: "responsibility" })
export class ResponsibilityRecord {
  @PrimaryColumn({ name: "indicator_code", type: "varchar", length: 16 })
  indicatorCode!: string;

  @PrimaryColumn({ name: "duty_id", type: "varchar", length: 40 })
  dutyId!: string;

  @PrimaryColumn({ name: "agency_id", type: "varchar", length: 64 })
  agencyId!: string;

  /** The plan's order. */
  @Column({ type: "int" })
  ordinal!: number;

  @Column({ name: "from_on", type: "date", nullable: true })
  fromOn!: string | null;

  @Column({ name: "until_on", type: "date", nullable: true })
  untilOn!: string | null;

  @Column({ type: "varchar", length: 16 })
  basis!: string;

  @Column({ type: "varchar", length: 500, nullable: true })
  scope!: string | null;

  @Column({ name: "scope_en", type: "varchar", length: 500, nullable: true })
  scopeEn!: string | null;
}
