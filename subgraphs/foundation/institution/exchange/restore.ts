import type { Database } from "../../database";
import type { Sector } from "../../sector";
import type { Territory } from "../../territory/territory";
import type { Ledger } from "../../ledger/ledger";
import type { Author } from "../../ledger/ledger";
import { readRecords } from "../../sheet/columns";
import { readTables } from "../../sheet/read-tables";
import { SheetRefused, type ReadLimits, type SheetProblem } from "../../sheet/sheet-problem";
import { foldText, vietnameseSortKey } from "../../vietnamese-text";
import type { EntryDesign } from "../entry/entry-house";
import type { InstitutionRecords } from "../institution.repository";
import { bulkInsert } from "./bulk-insert";
import { recordProblems } from "./record-rules";
import { readInterval, recordColumns, type RecordKind } from "./record-sheets";

/** A hub's own export may be larger than what an agency sends. */
const LIMITS: ReadLimits = {
  bytes: 512 * 1024 * 1024,
  inflatedBytes: 2 * 1024 * 1024 * 1024,
  rows: 5_000_000,
};

export interface RestoreHouse {
  records: InstitutionRecords;
  entry: EntryDesign;
  database: Database;
  territory: Territory;
  /** Whose records they are. */
  sector: Sector;
  ledger: Ledger;
  author: Author;
}

/**
 * Reads an export of the hub back: institutions into a database that has none, or their reports into one that has none yet.
 * All of it, or nothing. Returns how many rows were written.
 * @throws SheetRefused when the file is no export, or records stand there already.
 */
export async function restoreRecords(
  { records, entry, database, territory, sector, ledger, author }: RestoreHouse,
  kind: RecordKind,
  bytes: Uint8Array,
  fileName: string,
): Promise<{ written: number; problems: SheetProblem[] }> {
  const columns = recordColumns(kind, entry.book);
  const { tables } = readTables(bytes, fileName, LIMITS);
  const [found] = tables.flatMap((table) => {
    const each = readRecords(table, columns);
    return each ? [{ sheet: table.name, read: each }] : [];
  });
  const read = found?.read;
  if (!found || !read || columns.some(({ key, required }) => required && !read.found.has(key))) {
    throw new SheetRefused(
      "NOT_FOR_THIS",
      "Tệp không phải bản xuất của hệ thống.",
      "The file is no export of the hub.",
    );
  }
  const known = await database.read((manager) =>
    manager.find(records.institution, { select: { id: true } }),
  );
  const house = {
    territory,
    kinds: entry.kindsBySector?.[sector],
    institutions: new Set(known.map(({ id }) => id)),
  };
  const wrong: SheetProblem[] = [];
  const rows = Array.from(read.records, (record) => {
    const place = { sheet: found.sheet, found: read.found };
    wrong.push(...recordProblems(kind, record, house, place));
    return record.values;
  });
  const problems = [...read.problems, ...wrong].filter(({ severity }) => severity === "ERROR");
  if (problems.length > 0) return { written: 0, problems };
  const record = kind === "institutions" ? records.institution : records.report;
  const command = {
    name: `restore-${kind}`,
    idempotencyKey: `restore-${kind}-${Date.now()}`,
    request: fileName,
  };
  const outcome = await ledger.write(author, command, async (write) => {
    const { manager } = write;
    if (await manager.exists(record)) {
      throw new SheetRefused(
        "NOT_FOR_THIS",
        "Cơ sở dữ liệu đã có dữ liệu; chỉ khôi phục vào nơi còn trống.",
        "There are records already; an export is only read back into an empty database.",
      );
    }
    write.note({
      action: "RESTORE",
      recordId: `restore:${kind}`,
      version: null,
      changes: [{ field: kind, from: null, to: rows.length }],
    });
    if (kind === "reports") {
      await bulkInsert(manager, record, rows, (row) => ({
        ...row,
        year: row.reportYear,
        submittedAt: instant(row.submittedAt),
        approvedAt: instant(row.approvedAt),
      }));
      return { answer: { written: rows.length } };
    }
    await bulkInsert(manager, record, rows, (row) => ({
      ...row,
      nameFolded: foldText(String(row.name)),
      nameSort: vietnameseSortKey(String(row.name)),
    }));
    const intervals = (part: "placements" | "kinds", property: string) =>
      rows.flatMap((row) =>
        ((row[part] as string[] | null | undefined) ?? []).map((text, index) => {
          const { value, ...interval } = readInterval(text)!;
          return { institutionId: row.id, ordinal: index + 1, [property]: value, ...interval };
        }),
      );
    await bulkInsert(manager, records.placement, intervals("placements", "unitId"), asIs);
    if (records.kind) await bulkInsert(manager, records.kind, intervals("kinds", "kind"), asIs);
    return { answer: { written: rows.length } };
  });
  return { written: outcome.answer?.written ?? 0, problems: [] };
}

const instant = (text: unknown) => (typeof text === "string" ? new Date(text) : null);

const asIs = (row: Record<string, unknown>) => row;
