import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** A year's sealing: begun, done or failed. One that is done is never written again. */
@Entity({ name: "sealed_report" })
export class SealedReportRecord {
  @PrimaryColumn({ type: "int" })
  year!: number;

  /** SEALING, SEALED or FAILED. */
  @Column({ type: "varchar", length: 16 })
  state!: string;

  @Column({ type: "varchar", length: 500, nullable: true })
  failure!: string | null;

  @Column({ name: "agency_id", type: "varchar", length: 64 })
  agencyId!: string;

  /** Instants as ISO 8601 text: they are part of what is hashed. */
  @Column({ name: "requested_at", type: "varchar", length: 24 })
  requestedAt!: string;

  @Column({ name: "sealed_at", type: "varchar", length: 24, nullable: true })
  sealedAt!: string | null;

  @Column({ name: "reference_version", type: "varchar", length: 64, nullable: true })
  referenceVersion!: string | null;

  @Column({ type: "varchar", length: 64, nullable: true })
  root!: string | null;
}

/** One thing that was sealed: a pooled figure, a sector's share of one, or a report revision that was judged. */
@Entity({ name: "sealed_leaf" })
@Index("sealed_leaf_by_tree", ["year", "tree", "ordinal"])
export class SealedLeafRecord {
  @PrimaryColumn({ type: "int" })
  year!: number;

  /** `PLAN`, or the sector whose tree it stands in. */
  @PrimaryColumn({ type: "varchar", length: 16 })
  tree!: string;

  @PrimaryColumn({ type: "int" })
  ordinal!: number;

  /** JSON, just as it was hashed. */
  @Column({ type: "text" })
  content!: string;
}
