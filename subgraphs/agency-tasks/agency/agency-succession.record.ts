import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** What became of an agency, how surely that is known, and which of the plan's duties went along. */
@Entity({ name: "agency_succession" })
@Index("agency_succession_by_successor", ["successorId", "predecessorId"])
export class AgencySuccessionRecord {
  @PrimaryColumn({ name: "predecessor_id", type: "varchar", length: 64 })
  predecessorId!: string;

  @PrimaryColumn({ type: "int" })
  ordinal!: number;

  /** Null: not known. */
  @Column({ name: "successor_id", type: "varchar", length: 64, nullable: true })
  successorId!: string | null;

  @Column({ name: "effective_on", type: "date", nullable: true })
  effectiveOn!: string | null;

  @Column({ type: "varchar", length: 16 })
  kind!: string;

  @Column({ type: "varchar", length: 500 })
  scope!: string;

  @Column({ name: "scope_en", type: "varchar", length: 500 })
  scopeEn!: string;

  @Column({ name: "duty_ids", type: "simple-json" })
  dutyIds!: string[];

  @Column({ name: "legal_basis", type: "varchar", length: 500, nullable: true })
  legalBasis!: string | null;

  @Column({ name: "date_basis", type: "varchar", length: 16 })
  dateBasis!: string;

  @Column({ type: "varchar", length: 16 })
  confidence!: string;

  @Column({ type: "varchar", length: 500, nullable: true })
  note!: string | null;

  @Column({ name: "note_en", type: "varchar", length: 500, nullable: true })
  noteEn!: string | null;
}
