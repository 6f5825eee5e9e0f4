import type { EntityManager } from "typeorm";
import type { Database } from "../database";
import { AuditEntryRecord, GENESIS, LedgerHeadRecord } from "./ledger.record";
import { hashOf } from "./ledger";

/** What is wrong with a ledger, and from which entry on. */
export interface LedgerFlaw {
  sequence: number;
  vi: string;
  en: string;
}

export interface LedgerReport {
  /** The last entry, to be kept elsewhere: a later check can be told that it must still be there. */
  head: { sequence: number; hash: string };
  flaws: LedgerFlaw[];
}

/** An entry that somebody wrote down at an earlier check. */
export interface Anchor {
  sequence: number;
  hash: string;
}

const AT_ONCE = 2000;

/**
 * Reads a whole ledger: every entry must have the hash of what it says and the one before it, none may be missing or out of
 * order, the head must name the last, and every row that claims an entry must find it at its own version.
 */
export function verifyLedger(
  database: Database,
  records: readonly (new () => object)[],
  anchor: Anchor | null = null,
): Promise<LedgerReport> {
  return database.read(async (manager) => {
    const head = await manager.findOneByOrFail(LedgerHeadRecord, { id: 1 });
    const flaws: LedgerFlaw[] = [];
    let before = { sequence: 0, hash: GENESIS };
    let isAnchored = anchor === null || anchor.sequence === 0;
    for (;;) {
      const entries = await manager
        .createQueryBuilder(AuditEntryRecord, "e")
        .where("e.sequence > :after", { after: before.sequence })
        .orderBy("e.sequence")
        .limit(AT_ONCE)
        .getMany();
      for (const entry of entries) {
        flaws.push(...flawsOf(entry, before));
        if (entry.sequence === anchor?.sequence && entry.hash === anchor.hash) isAnchored = true;
        before = { sequence: entry.sequence, hash: entry.hash };
      }
      if (entries.length < AT_ONCE) break;
    }
    if (before.sequence !== head.sequence || before.hash !== head.hash) {
      flaws.push({
        sequence: before.sequence,
        vi: `mục cuối là ${before.sequence}, nhưng sổ ghi mục cuối là ${head.sequence}`,
        en: `the last entry is ${before.sequence}, but the ledger's head names ${head.sequence}`,
      });
    }
    if (!isAnchored) {
      flaws.push({
        sequence: anchor!.sequence,
        vi: "mục đã ghi nhận ở lần kiểm tra trước không còn, hoặc đã khác",
        en: "the entry noted at an earlier check is gone, or is another",
      });
    }
    for (const record of records) flaws.push(...(await rowFlaws(manager, record)));
    return { head: { sequence: head.sequence, hash: head.hash }, flaws };
  });
}

function flawsOf(entry: AuditEntryRecord, before: Anchor): LedgerFlaw[] {
  const { sequence } = entry;
  if (sequence !== before.sequence + 1) {
    return [
      {
        sequence,
        vi: `thiếu các mục ${before.sequence + 1} đến ${sequence - 1}`,
        en: `entries ${before.sequence + 1} to ${sequence - 1} are missing`,
      },
    ];
  }
  const flaws: LedgerFlaw[] = [];
  if (entry.previousHash !== before.hash) {
    flaws.push({
      sequence,
      vi: "không nối với mục đứng trước: đã đổi chỗ, hoặc mục trước đã bị thay",
      en: "does not follow from the entry before it: moved, or that one was replaced",
    });
  }
  if (hashOf(entry) !== entry.hash) {
    flaws.push({ sequence, vi: "nội dung đã bị thay đổi", en: "what it says was changed" });
  }
  return flaws;
}

/** Rows that were written without the ledger, or whose entry is not there. */
async function rowFlaws(manager: EntityManager, record: new () => object): Promise<LedgerFlaw[]> {
  const { tableName } = manager.dataSource.getMetadata(record);
  const rows: { id: string; version: number; said: number | null; sequence: number }[] =
    await manager.query(
      `SELECT r.id AS id, r.version AS version, r.audit_sequence AS sequence, e.version AS said
       FROM ${tableName} r LEFT JOIN audit_entry e ON e.sequence = r.audit_sequence
       WHERE r.audit_sequence IS NOT NULL AND (e.sequence IS NULL OR (e.version IS NOT NULL AND e.version <> r.version))`,
    );
  return rows.map(({ id, version, sequence, said }) => ({
    sequence: Number(sequence),
    vi: `${id}: bản ghi ở phiên bản ${version}, sổ ghi phiên bản ${said ?? "không có"}`,
    en: `${id}: the row is at version ${version}, the ledger says ${said ?? "nothing"}`,
  }));
}
