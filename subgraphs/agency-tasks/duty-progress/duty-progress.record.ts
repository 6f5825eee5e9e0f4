import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** How far one agency was with one duty in one year, as it reported. */
@Entity({ name: "duty_progress" })
@Index("duty_progress_by_duty", ["dutyId", "year", "agencyId"], { unique: true })
export class DutyProgressRecord {
  @PrimaryColumn({ type: "varchar", length: 36 })
  id!: string;

  @Column({ name: "duty_id", type: "varchar", length: 40 })
  dutyId!: string;

  @Column({ name: "agency_id", type: "varchar", length: 64 })
  agencyId!: string;

  @Column({ type: "int" })
  year!: number;

  /** NOT_STARTED, IN_PROGRESS, DONE or BLOCKED; that nothing was reported is no row. */
  @Column({ type: "varchar", length: 16 })
  status!: string;

  /** 0 to 100; null: the agency gave none. */
  @Column({ type: "int", nullable: true })
  percent!: number | null;

  @Column({ type: "varchar", length: 500, nullable: true })
  summary!: string | null;

  @Column({ name: "blocked_reason", type: "varchar", length: 500, nullable: true })
  blockedReason!: string | null;

  @Column({ name: "evidence_url", type: "varchar", length: 500, nullable: true })
  evidenceUrl!: string | null;

  @Column({ name: "reported_at", type: "datetime", precision: 3 })
  reportedAt!: Date;

  @Column({ type: "boolean" })
  demonstration!: boolean;

  /** 1 for the first; one more with each write. */
  @Column({ type: "int", default: 1 })
  version!: number;

  /** The ledger's entry about the last write. Null: generated for demonstration. */
  @Column({ name: "audit_sequence", type: "int", nullable: true })
  auditSequence!: number | null;
}
