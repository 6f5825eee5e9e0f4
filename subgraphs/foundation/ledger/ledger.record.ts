import { Column, Entity, Index, PrimaryColumn, Table, type QueryRunner } from "typeorm";

/** One write, as it can be read for ever: rows are appended, each with the hash of the one before it. */
@Entity({ name: "audit_entry" })
@Index("audit_entry_by_record", ["recordId", "sequence"])
export class AuditEntryRecord {
  /** 1 for the first; no number is left out. */
  @PrimaryColumn({ type: "int" })
  sequence!: number;

  /** An instant in UTC, as ISO 8601 with milliseconds: kept as text, so that it hashes alike on every engine. */
  @Column({ type: "varchar", length: 24 })
  at!: string;

  @Column({ name: "agency_id", type: "varchar", length: 64 })
  agencyId!: string;

  /** The `sub` of the token: an account, which nobody is shown. */
  @Column({ type: "varchar", length: 200 })
  subject!: string;

  @Column({ type: "varchar", length: 16 })
  role!: string;

  @Column({ type: "varchar", length: 32 })
  action!: string;

  @Column({ name: "record_id", type: "varchar", length: 80 })
  recordId!: string;

  /** The record's version after the write. Null: the write was about many records at once. */
  @Column({ type: "int", nullable: true })
  version!: number | null;

  /** `[{ field, from, to }]` as JSON. */
  @Column({ type: "text" })
  changes!: string;

  @Column({ type: "varchar", length: 500, nullable: true })
  reason!: string | null;

  @Column({ name: "previous_hash", type: "varchar", length: 64 })
  previousHash!: string;

  @Column({ type: "varchar", length: 64 })
  hash!: string;
}

/** Where the ledger ends: one row, which every writer holds while it writes, so that entries never fork. */
@Entity({ name: "ledger_head" })
export class LedgerHeadRecord {
  @PrimaryColumn({ type: "int" })
  id!: number;

  @Column({ type: "int" })
  sequence!: number;

  @Column({ type: "varchar", length: 64 })
  hash!: string;
}

/** That a write with this key was done, and what was answered. */
@Entity({ name: "write_receipt" })
export class WriteReceiptRecord {
  @PrimaryColumn({ name: "agency_id", type: "varchar", length: 64 })
  agencyId!: string;

  @PrimaryColumn({ name: "idempotency_key", type: "varchar", length: 100 })
  idempotencyKey!: string;

  /** SHA-256 of what was asked: the key must not be used for anything else. */
  @Column({ name: "request_hash", type: "varchar", length: 64 })
  requestHash!: string;

  @Column({ type: "text" })
  answer!: string;

  @Column({ type: "varchar", length: 24 })
  at!: string;
}

export const ledgerRecords = [AuditEntryRecord, LedgerHeadRecord, WriteReceiptRecord];

/** What the entry before the first would have as its hash. */
export const GENESIS = "0".repeat(64);

export async function createAuditEntryTable(runner: QueryRunner): Promise<void> {
  await runner.createTable(
    new Table({
      name: "audit_entry",
      columns: [
        { name: "sequence", type: "int", isPrimary: true },
        { name: "at", type: "varchar", length: "24" },
        { name: "agency_id", type: "varchar", length: "64" },
        { name: "subject", type: "varchar", length: "200" },
        { name: "role", type: "varchar", length: "16" },
        { name: "action", type: "varchar", length: "32" },
        { name: "record_id", type: "varchar", length: "80" },
        { name: "version", type: "int", isNullable: true },
        { name: "changes", type: "text" },
        { name: "reason", type: "varchar", length: "500", isNullable: true },
        { name: "previous_hash", type: "varchar", length: "64" },
        { name: "hash", type: "varchar", length: "64" },
      ],
      indices: [{ name: "audit_entry_by_record", columnNames: ["record_id", "sequence"] }],
    }),
  );
}

export async function createLedgerHeadTable(runner: QueryRunner): Promise<void> {
  await runner.createTable(
    new Table({
      name: "ledger_head",
      columns: [
        { name: "id", type: "int", isPrimary: true },
        { name: "sequence", type: "int" },
        { name: "hash", type: "varchar", length: "64" },
      ],
    }),
  );
}

/** The row that stands for an empty ledger. */
export async function openLedger(runner: QueryRunner): Promise<void> {
  await runner.manager.insert(LedgerHeadRecord, { id: 1, sequence: 0, hash: GENESIS });
}

export async function createWriteReceiptTable(runner: QueryRunner): Promise<void> {
  await runner.createTable(
    new Table({
      name: "write_receipt",
      columns: [
        { name: "agency_id", type: "varchar", length: "64", isPrimary: true },
        { name: "idempotency_key", type: "varchar", length: "100", isPrimary: true },
        { name: "request_hash", type: "varchar", length: "64" },
        { name: "answer", type: "text" },
        { name: "at", type: "varchar", length: "24" },
      ],
    }),
  );
}
