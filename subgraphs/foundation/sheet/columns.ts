import { foldText } from "../vietnamese-text";
import { readCount, readDay, readText, readTexts, readYesNo, type CellReading } from "./cells";
import {
  columnLetter,
  type CellValue,
  type ReadRow,
  type ReadTable,
  type SheetProblem,
} from "./sheet-problem";

/** One column that a sheet may have. */
export interface SheetColumn {
  key: string;
  kind: "COUNT" | "YES_NO" | "DAY" | "TEXT" | "TEXT_LIST" | "CHOICE";
  labels: { vi: string; en: string };
  /** What else people call it. */
  synonyms: readonly string[];
  /** Whether the sheet is of no use without it. */
  required: boolean;
  /** What it is, for whoever fills the sheet. */
  explanation: { vi: string; en: string };
  example: string;
  /** Whether what stands there is only to be looked at, and not read. */
  isReference?: boolean;
  choices?: readonly { value: string; labels: { vi: string; en: string } }[];
}

/** A row by the columns' keys; columns that the sheet does not have are left out. */
export interface SheetRecord {
  line: number;
  values: Record<string, unknown>;
}

export interface ReadRecords {
  /** Those that are not blank; what is wrong with a row is among the problems once it has been read. Read once. */
  records: Iterable<SheetRecord>;
  problems: SheetProblem[];
  /** Where each column was found: its letter and its header. */
  found: Map<string, { column: string; header: string }>;
}

/** How many rows may stand above a header: a letterhead, a title, a unit line. */
const DEEPEST_HEADER = 20;

/** The records of a sheet, with everything that is wrong with it; null when no row of it is a header of these columns. */
export function readRecords(table: ReadTable, columns: readonly SheetColumn[]): ReadRecords | null {
  const header = findHeader(table, columns);
  if (!header) return null;
  const problems: SheetProblem[] = [];
  const found: ReadRecords["found"] = new Map();
  const at = new Map<number, SheetColumn>();
  for (const [index, { text, column }] of header.cells.entries()) {
    if (text === "") continue;
    const place = { column: columnLetter(index), header: text };
    const tell = (severity: "ERROR" | "NOTICE", code: string, vi: string, en: string) =>
      problems.push({ severity, code, sheet: table.name, line: header.line, ...place, vi, en });
    if (!column) {
      tell(
        "NOTICE",
        "UNKNOWN_COLUMN",
        `Không dùng cột “${text}”.`,
        `Column “${text}” is not used.`,
      );
    } else if (found.has(column.key)) {
      const other = found.get(column.key)!;
      tell(
        "ERROR",
        "DOUBLED_COLUMN",
        `Cột “${text}” và cột ${other.column} “${other.header}” cùng là ${column.labels.vi}; hãy bỏ một cột.`,
        `Columns “${text}” and ${other.column} “${other.header}” are both ${column.labels.en}; remove one.`,
      );
    } else {
      found.set(column.key, place);
      at.set(index, column);
    }
  }
  for (const column of columns) {
    if (!column.required || found.has(column.key)) continue;
    problems.push({
      severity: "ERROR",
      code: "MISSING_COLUMN",
      sheet: table.name,
      line: header.line,
      column: null,
      header: null,
      vi: `Thiếu cột “${column.labels.vi}”; hãy thêm cột này.`,
      en: `The column “${column.labels.en}” is missing; add it.`,
    });
  }
  const records = recordsOf(table, header, [...at], found, problems);
  return { records, problems, found };
}

function* recordsOf(
  table: ReadTable,
  header: Header,
  places: readonly [number, SheetColumn][],
  found: ReadRecords["found"],
  problems: SheetProblem[],
): Generator<SheetRecord> {
  let isFirst = true;
  for (const row of table.rows) {
    if (row.line <= header.lastLine) continue;
    if (isFirst && isNumbering(row)) continue;
    isFirst = false;
    const values: Record<string, unknown> = {};
    let isBlank = true;
    for (const [index, column] of places) {
      const cell = row.cells[index] ?? null;
      if (cell !== null) isBlank = false;
      const { value, problem } = readCell(column, cell);
      values[column.key] = value ?? null;
      if (problem) {
        const place = found.get(column.key)!;
        const { code, vi, en } = problem;
        problems.push({
          severity: "ERROR",
          code,
          sheet: table.name,
          line: row.line,
          ...place,
          vi,
          en,
        });
      }
    }
    if (!isBlank) yield { line: row.line, values };
  }
}

function readCell(column: SheetColumn, cell: CellValue): CellReading<unknown> {
  switch (column.kind) {
    case "COUNT":
      return readCount(cell);
    case "YES_NO":
      return readYesNo(cell);
    case "DAY":
      return readDay(cell);
    case "TEXT_LIST":
      return readTexts(cell);
    case "TEXT":
      return readText(cell);
    case "CHOICE":
      return readChoice(column, cell);
  }
}

function readChoice({ choices = [] }: SheetColumn, cell: CellValue): CellReading<string> {
  const { value: text } = readText(cell);
  if (text === null || text === undefined) return { value: null };
  const said = plain(text);
  const chosen = choices.find(({ value, labels }) =>
    [value, labels.vi, labels.en].some((each) => plain(each) === said),
  );
  if (chosen) return { value: chosen.value };
  const known = (language: "vi" | "en") => choices.map(({ labels }) => labels[language]).join("; ");
  return {
    problem: {
      code: "UNKNOWN_CHOICE",
      vi: `“${text}” không có trong danh sách; hãy chọn một trong: ${known("vi")}.`,
      en: `“${text}” is not in the list; choose one of: ${known("en")}.`,
    },
  };
}

interface HeaderCell {
  text: string;
  column: SheetColumn | undefined;
}

interface Header {
  /** Of its first row, and of its last. */
  line: number;
  lastLine: number;
  cells: HeaderCell[];
}

/** The rows in which most columns are recognised: one row, or up to three of which the upper ones group the lower. */
function findHeader(table: ReadTable, columns: readonly SheetColumn[]): Header | null {
  const known = knownHeaders(columns);
  let best: { header: Header; score: number } | null = null;
  const top = firstOf(table.rows, DEEPEST_HEADER);
  for (const [first, row] of top.entries()) {
    for (let depth = 1; depth <= 3 && first + depth <= top.length; depth += 1) {
      const rows = top.slice(first, first + depth);
      const cells = headerTexts(rows, table).map((path) => recognise(path, known));
      const score = new Set(cells.flatMap(({ column }) => column?.key ?? [])).size;
      const header = { line: row.line, lastLine: rows.at(-1)!.line, cells };
      if (score > (best?.score ?? 0)) best = { header, score };
    }
  }
  const least = Math.min(2, columns.length);
  return best && best.score >= least ? best.header : null;
}

function firstOf<Item>(items: Iterable<Item>, count: number): Item[] {
  const first: Item[] = [];
  for (const item of items) {
    first.push(item);
    if (first.length === count) break;
  }
  return first;
}

/** For each column the texts above it, from the group down; a merged or left-out group cell holds for all under it. */
function headerTexts(rows: readonly ReadRow[], { merges }: ReadTable): string[][] {
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const lastRow = rows.length - 1;
  const texts = rows.map(({ line, cells }, depth) => {
    const own = Array.from({ length: width }, (_, index) => textOf(cells[index]));
    for (const { fromLine, toLine, fromColumn, toColumn } of merges) {
      if (line < fromLine || line > toLine) continue;
      const origin = rows.find((row) => row.line === fromLine);
      const text = textOf(origin?.cells[fromColumn]);
      for (let index = fromColumn; index <= Math.min(toColumn, width - 1); index += 1)
        own[index] = text;
    }
    if (depth < lastRow && merges.length === 0) {
      // Exported without merges: a group's cell is followed by empty ones over its columns.
      for (let index = 1; index < width; index += 1) {
        const isUnder = textOf(rows[lastRow]!.cells[index]) !== "";
        if (own[index] === "" && isUnder) own[index] = own[index - 1]!;
      }
    }
    return own;
  });
  return Array.from({ length: width }, (_, index) => {
    const path = texts.map((row) => row[index]!).filter((text) => text !== "");
    return path.filter((text, each) => text !== path[each - 1]);
  });
}

const textOf = (cell: CellValue | undefined) =>
  cell === null || cell === undefined ? "" : String(cell).replace(/\s+/gu, " ").trim();

function recognise(path: readonly string[], known: ReadonlyMap<string, SheetColumn>): HeaderCell {
  const text = path.join(" / ");
  const tries = [text, path.at(-1) ?? "", path.join(" "), path[0] ?? ""];
  const column = tries.map((each) => known.get(plain(each))).find((each) => each !== undefined);
  return { text, column };
}

function knownHeaders(columns: readonly SheetColumn[]): Map<string, SheetColumn> {
  const known = new Map<string, SheetColumn>();
  for (const column of columns) {
    const names = [column.labels.vi, column.labels.en, column.key, ...column.synonyms];
    for (const name of names) if (!known.has(plain(name))) known.set(plain(name), column);
  }
  return known;
}

/** Without marks, case, numbering, units in brackets and punctuation. */
function plain(text: string): string {
  return foldText(text)
    .replace(/\([^)]*\)|\[[^\]]*\]/gu, " ")
    .replace(/^\s*(?:\d+[.)]|[ivx]+\.)\s*/u, "")
    .replace(/[^\p{L}\p{N}/]+/gu, " ")
    .trim();
}

/** The row of (1), (2), (3) … under many official headers. */
function isNumbering({ cells }: ReadRow): boolean {
  const said = cells.filter((cell) => cell !== null);
  return (
    said.length > 2 &&
    said.every((cell, index) => String(cell).replace(/[()]/gu, "") === String(index + 1))
  );
}
