import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** That an agency has a duty, or helps with it, from the plan itself or by succession, and for how long. */
@Entity({ name: "duty_agency" })
@Index("duty_agency_by_agency", ["agencyId", "part", "dutyId"])
export class DutyAgencyRecord {
  @PrimaryColumn({ name: "duty_id", type: "varchar", length: 40 })
  dutyId!: string;

  /** HOLDS, or WITH for a partner. */
  @PrimaryColumn({ type: "varchar", length: 8 })
  part!: string;

  @PrimaryColumn({ name: "agency_id", type: "varchar", length: 64 })
  agencyId!: string;

  /** Null: since the plan was issued. */
  @Column({ name: "from_on", type: "date", nullable: true })
  fromOn!: string | null;

  /** The first day on which it is so no longer; null: it still is. */
  @Column({ name: "until_on", type: "date", nullable: true })
  untilOn!: string | null;
}
