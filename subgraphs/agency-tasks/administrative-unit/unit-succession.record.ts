import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** That one unit went, whole or in part, into another on a day. */
@Entity({ name: "unit_succession" })
@Index("unit_succession_by_successor", ["successorId", "predecessorId"])
export class UnitSuccessionRecord {
  @PrimaryColumn({ name: "predecessor_id", type: "varchar", length: 40 })
  predecessorId!: string;

  @PrimaryColumn({ name: "successor_id", type: "varchar", length: 40 })
  successorId!: string;

  @Column({ name: "effective_on", type: "date" })
  effectiveOn!: string;

  /** The legal act and its clause. */
  @Column({ type: "varchar", length: 500 })
  instrument!: string;
}
