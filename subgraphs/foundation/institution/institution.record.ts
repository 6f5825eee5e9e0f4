import { Column, PrimaryColumn } from "typeorm";

/** What a library, a museum and a cultural centre have in common as rows; each subgraph gives its own table name. */
export abstract class InstitutionRecord {
  /** `<type>:<sector>:<uuid>`, so that an id says which owner's database holds the row. */
  @PrimaryColumn({ type: "varchar", length: 64 })
  id!: string;

  /** The owner's own number for the institution, unique in its database. */
  @Column({ type: "varchar", length: 32 })
  code!: string;

  @Column({ type: "varchar", length: 200 })
  name!: string;

  @Column({ name: "name_folded", type: "varchar", length: 200 })
  nameFolded!: string;

  @Column({ name: "name_sort", type: "varchar", length: 400 })
  nameSort!: string;

  @Column({ name: "managing_agency_id", type: "varchar", length: 64, nullable: true })
  managingAgencyId!: string | null;

  /** Null: it was open before anybody wrote the day down. */
  @Column({ name: "opened_on", type: "date", nullable: true })
  openedOn!: string | null;

  /** The first day on which it is no longer open. */
  @Column({ name: "closed_on", type: "date", nullable: true })
  closedOn!: string | null;

  @Column({ type: "boolean" })
  demonstration!: boolean;

  /** 1 for the first; one more with each write. A writer names the version that it has read. */
  @Column({ type: "int", default: 1 })
  version!: number;

  /** The institution that goes on in its place, when it was closed by a merger. */
  @Column({ name: "merged_into_id", type: "varchar", length: 64, nullable: true })
  mergedIntoId!: string | null;

  /** The ledger's entry about the last write. Null: written before there was a ledger, or generated. */
  @Column({ name: "audit_sequence", type: "int", nullable: true })
  auditSequence!: number | null;
}

/** An interval of an institution's history: `fromOn` inside (null: since it opened), `untilOn` outside (null: still). */
export abstract class IntervalRecord {
  @PrimaryColumn({ name: "institution_id", type: "varchar", length: 64 })
  institutionId!: string;

  /** 1 for the earliest interval. */
  @PrimaryColumn({ type: "int" })
  ordinal!: number;

  @Column({ name: "from_on", type: "date", nullable: true })
  fromOn!: string | null;

  @Column({ name: "until_on", type: "date", nullable: true })
  untilOn!: string | null;
}

/** Where an institution stood: a unit version of either era, at the finest level that is known. */
export abstract class PlacementRecord extends IntervalRecord {
  @Column({ name: "unit_id", type: "varchar", length: 40 })
  unitId!: string;
}

/** What an institution was, when its kind changes over time. */
export abstract class KindRecord extends IntervalRecord {
  @Column({ type: "varchar", length: 24 })
  kind!: string;
}

/** One revision of the report of one institution and year; revisions are added, never overwritten. */
export abstract class ReportRecord {
  /** `<type>-report:<sector>:<uuid>`. */
  @PrimaryColumn({ type: "varchar", length: 72 })
  id!: string;

  @Column({ name: "institution_id", type: "varchar", length: 64 })
  institutionId!: string;

  @Column({ type: "int" })
  year!: number;

  @Column({ type: "int" })
  revision!: number;

  /** DRAFT, SUBMITTED, RETURNED or APPROVED. */
  @Column({ type: "varchar", length: 16 })
  state!: string;

  @Column({ name: "submitted_at", type: "datetime", precision: 3, nullable: true })
  submittedAt!: Date | null;

  @Column({ name: "approved_at", type: "datetime", precision: 3, nullable: true })
  approvedAt!: Date | null;

  /** 1 for the first; one more with each write. */
  @Column({ type: "int", default: 1 })
  version!: number;

  /** Why the figures differ much from last year's. */
  @Column({ type: "varchar", length: 500, nullable: true })
  explanation!: string | null;

  /** Why it was sent back, until it is submitted again. */
  @Column({ name: "return_reason", type: "varchar", length: 500, nullable: true })
  returnReason!: string | null;

  /** The account that submitted it, which may not approve it. */
  @Column({ name: "submitted_by", type: "varchar", length: 200, nullable: true })
  submittedBy!: string | null;

  /** The ledger's entry about the last write. Null: written before there was a ledger, or generated. */
  @Column({ name: "audit_sequence", type: "int", nullable: true })
  auditSequence!: number | null;
}
