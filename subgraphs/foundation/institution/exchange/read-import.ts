import { createHash } from "node:crypto";
import { SECTORS, type Sector } from "../../sector";
import { readRecords } from "../../sheet/columns";
import { readTables, type ReadFile } from "../../sheet/read-tables";
import { SheetRefused, type ReadLimits } from "../../sheet/sheet-problem";
import { ABOUT, EXPLANATIONS } from "../../sheet/write-workbook";
import type { MeasureBook } from "../entry/measures";
import type { SheetsToImport } from "./report-import";
import { isLastYears, reportColumns } from "./report-sheet";

/** What a workbook says it was made for; a text of separated values says nothing. */
export interface AboutFile {
  subgraph: string | null;
  sector: Sector | null;
  year: number | null;
}

/**
 * Reads a file of reports for one subgraph and sector.
 * @param asked what the caller says of the file; what the file itself says must agree.
 * @throws SheetRefused when it is no such file.
 */
export function readReportFile(
  bytes: Uint8Array,
  fileName: string,
  { name, entry }: { name: string; entry: { book: MeasureBook } },
  asked: { sector: Sector | null; year: number | null },
  limits?: ReadLimits,
): SheetsToImport {
  const file = readTables(bytes, fileName, limits);
  const about = readAbout(file);
  if (about.subgraph !== null && about.subgraph !== name) {
    throw new SheetRefused(
      "NOT_FOR_THIS",
      `Tệp này lập cho ${about.subgraph}, không phải ${name}.`,
      `This file was made for ${about.subgraph}, not for ${name}.`,
    );
  }
  if (about.sector !== null && asked.sector !== null && about.sector !== asked.sector) {
    throw new SheetRefused(
      "NOT_FOR_THIS",
      `Tệp này của ngành ${about.sector}, không phải ${asked.sector}.`,
      `This file is sector ${about.sector}'s, not ${asked.sector}'s.`,
    );
  }
  const sector = asked.sector ?? about.sector;
  if (sector === null) {
    throw new SheetRefused(
      "NOT_FOR_THIS",
      "Không rõ tệp của ngành nào; hãy nêu ngành.",
      "It is not known whose sector the file is; name the sector.",
    );
  }
  const columns = reportColumns(entry.book);
  const sheets = file.tables.flatMap((table) => {
    if (table.name === ABOUT || table.name === EXPLANATIONS) return [];
    const read = readRecords(table, columns);
    if (!read) return [];
    const hasMeasures = entry.book.measures.some(({ key }) => read.found.has(key));
    const isReports = hasMeasures && (read.found.has("code") || read.found.has("name"));
    if (!isReports) return [];
    const told = read.problems.filter(
      ({ code, header }) => code !== "UNKNOWN_COLUMN" || !isLastYears(header ?? ""),
    );
    // In place: what is wrong with rows is added while they are read.
    read.problems.splice(0, Infinity, ...file.notices, ...told);
    return [{ name: table.name, read }];
  });
  if (sheets.length === 0) {
    throw new SheetRefused(
      "NOT_FOR_THIS",
      "Không trang nào có dòng tiêu đề của báo cáo (Mã số, Lượt sử dụng, …); hãy dùng mẫu của hệ thống.",
      "No sheet has a header of reports (Mã số, Lượt sử dụng, …); use the hub's template.",
    );
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const rowsAtMost = sheets.length === 1 && file.tables.length === 1 ? linesOf(bytes) : 1;
  return { sector, year: asked.year ?? about.year, sheets, rowsAtMost, sha256 };
}

/** Line ends of a text, which is about as many rows. */
function linesOf(bytes: Uint8Array): number {
  let lines = 1;
  for (const byte of bytes) if (byte === 10) lines += 1;
  return lines;
}

/** What the file's own sheet about it says. */
export function readAbout({ tables }: ReadFile): AboutFile {
  const rows = [...(tables.find(({ name }) => name === ABOUT)?.rows ?? [])];
  const said = new Map(rows.map(({ cells }) => [String(cells[0]), String(cells[1] ?? "")]));
  const sector = SECTORS.find((each) => each === said.get("sector")) ?? null;
  const year = Number(said.get("year") ?? Number.NaN);
  return {
    subgraph: said.get("subgraph") ?? null,
    sector,
    year: Number.isInteger(year) ? year : null,
  };
}
