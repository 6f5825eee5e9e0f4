import { readFileSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";
import { isDay, type Day } from "../calendar";
import { normaliseText } from "../vietnamese-text";
import { checkReferenceUnits } from "./reference-check";
import { CODE_DIGITS, levelOf, UNIT_TYPES, type UnitType } from "./unit-type";

/** One unit became, or came from, another on a day, by a legal instrument. */
export interface UnitSuccession {
  unitId: string;
  on: Day;
  instrument: string;
}

/** One version of an administrative unit: the same code may name another place at another time. */
export interface ReferenceUnit {
  /** `unit:<code>`, with `:<validFrom>` behind it when the version has a first day. */
  id: string;
  code: string;
  name: string;
  nameEn: string | null;
  type: UnitType;
  parentId: string | null;
  /** Null: in force since before the file begins. */
  validFrom: Day | null;
  /** The first day on which it is no longer in force. Null: still. */
  validUntil: Day | null;
  variants: string[];
  successors: UnitSuccession[];
  predecessors: UnitSuccession[];
  /** Where the file describes it, for messages. */
  line: number;
}

/** A row as it stands in the file, before codes are joined to versions. */
export interface ReferenceRow extends Omit<
  ReferenceUnit,
  "id" | "parentId" | "successors" | "predecessors"
> {
  parentCode: string | null;
  successorCodes: string[];
  instrument: string | null;
}

export interface ReferenceProblem {
  line: number;
  messageVi: string;
  messageEn: string;
}

/** The file cannot be loaded; every problem is told at once, with its line (0: the file as a whole). */
export class ReferenceFileError extends Error {
  readonly problems: ReferenceProblem[];

  constructor(path: string, problems: readonly ReferenceProblem[]) {
    const inOrder = [...problems].sort((a, b) => a.line - b.line);
    const shown = inOrder.map(
      ({ line, messageVi, messageEn }) => `  dòng / line ${line}: ${messageVi} / ${messageEn}`,
    );
    super([`Tệp đơn vị hành chính sai / Wrong units file: ${path}`, ...shown].join("\n"));
    this.problems = inOrder;
  }
}

const COLUMNS = [
  "code",
  "valid_from",
  "valid_until",
  "type",
  "name",
  "name_en",
  "parent_code",
  "variants",
  "successors",
  "instrument",
];

/**
 * Reads a units file: UTF-8 CSV with or without BOM, one row for each version of a unit (the columns are those of
 * `reference/lai-chau/units.csv`).
 * @throws ReferenceFileError that names every wrong line and how to mend it.
 */
export function readReferenceUnits(path: string): ReferenceUnit[] {
  const problems: ReferenceProblem[] = [];
  const rows: ReferenceRow[] = [];
  const damagedCodes = new Set<string>();
  const [header, ...records] = readRecords(path);
  const columns = header?.cells.map((name) => name.trim()) ?? [];
  checkHeader(path, columns, records.length);
  for (const record of records) {
    const { code, row } = readRow(record, columns, problems);
    if (row) rows.push(row);
    else damagedCodes.add(code);
  }
  const units = checkReferenceUnits(rows, damagedCodes, problems);
  if (problems.length > 0) throw new ReferenceFileError(path, problems);
  return units;
}

interface CsvRecord {
  line: number;
  cells: string[];
}

function readRecords(path: string): CsvRecord[] {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
    const records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    throw new ReferenceFileError(path, [unreadable(error)]);
  }
}

function unreadable(error: unknown): ReferenceProblem {
  if ((error as { code?: string }).code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
    return {
      line: 0,
      messageVi: "tệp không phải UTF-8; hãy lưu lại dạng CSV UTF-8",
      messageEn: "the file is not UTF-8; save it again as CSV UTF-8",
    };
  }
  const reason = error instanceof Error ? error.message : String(error);
  const { lines } = error as { lines?: number };
  return {
    line: error instanceof CsvError ? (lines ?? 0) : 0,
    messageVi: `không đọc được, hãy kiểm tra đường dẫn, dấu phẩy và dấu ngoặc kép: ${reason}`,
    messageEn: `cannot be read, check the path, commas and quotation marks: ${reason}`,
  };
}

/** @throws ReferenceFileError, since without the right columns nothing in the rows can be judged. */
function checkHeader(path: string, columns: readonly string[], rows: number): void {
  const problems: ReferenceProblem[] = [];
  const wrong = (messageVi: string, messageEn: string) =>
    problems.push({ line: 1, messageVi, messageEn });
  for (const name of COLUMNS.filter((each) => !columns.includes(each))) {
    wrong(
      `thiếu cột \`${name}\`; dòng tiêu đề phải là ${COLUMNS.join(",")}`,
      `column \`${name}\` is missing; the header must be ${COLUMNS.join(",")}`,
    );
  }
  for (const name of columns.filter((each) => !COLUMNS.includes(each))) {
    wrong(`cột lạ \`${name}\`; hãy bỏ cột này`, `unknown column \`${name}\`; remove it`);
  }
  for (const name of new Set(columns.filter((each, index) => columns.indexOf(each) !== index))) {
    wrong(`cột \`${name}\` có hai lần; hãy giữ một`, `column \`${name}\` stands twice; keep one`);
  }
  if (rows === 0) wrong("tệp chưa có đơn vị nào", "the file has no unit; one at least must follow");
  if (problems.length > 0) throw new ReferenceFileError(path, problems);
}

const CODE = /^(?:\d{2}|\d{3}|\d{5})$/u;
const WRITTEN_TYPES = UNIT_TYPES.map((type) => type.toLowerCase()).join(", ");

function readRow(
  { line, cells }: CsvRecord,
  columns: readonly string[],
  problems: ReferenceProblem[],
): { code: string; row: ReferenceRow | null } {
  const cell = (column: string) => normaliseText(cells[columns.indexOf(column)] ?? "");
  const list = (column: string) => cell(column).split(";").map(normaliseText).filter(Boolean);
  const code = cell("code");
  const before = problems.length;
  const wrong = (messageVi: string, messageEn: string) =>
    problems.push({ line, messageVi, messageEn });

  if (cells.length !== columns.length) {
    wrong(
      `có ${cells.length} ô, cần ${columns.length}; ô có dấu phẩy phải đặt trong ngoặc kép`,
      `${cells.length} cells, ${columns.length} are needed; a cell with a comma needs quotation marks`,
    );
    return { code, row: null };
  }
  const type = UNIT_TYPES.find((each) => each === cell("type").toUpperCase());
  if (!type) {
    wrong(
      `loại \`${cell("type")}\` không có; cần ${WRITTEN_TYPES}`,
      `unknown type \`${cell("type")}\`; accepted are ${WRITTEN_TYPES}`,
    );
  }
  const digits = type && CODE_DIGITS[levelOf(type)];
  if (!CODE.test(code) || (digits && code.length !== digits)) {
    wrong(
      `mã \`${code}\` phải gồm ${digits ?? "2, 3 hoặc 5"} chữ số, giữ số 0 ở đầu`,
      `code \`${code}\` must be ${digits ?? "2, 3 or 5"} digits, leading zeros kept`,
    );
  }
  for (const [column, other] of [
    ...(cell("parent_code") ? [["parent_code", cell("parent_code")]] : []),
    ...list("successors").map((successor) => ["successors", successor]),
  ] as [string, string][]) {
    if (CODE.test(other)) continue;
    wrong(
      `mã \`${other}\` ở cột ${column} phải gồm 2, 3 hoặc 5 chữ số, giữ số 0 ở đầu`,
      `code \`${other}\` in column ${column} must be 2, 3 or 5 digits, leading zeros kept`,
    );
  }
  if (cell("name") === "") wrong("thiếu tên", "the name is missing");
  for (const column of ["valid_from", "valid_until"]) {
    if (cell(column) !== "" && !isDay(cell(column))) {
      wrong(
        `${column} \`${cell(column)}\` phải là ngày YYYY-MM-DD`,
        `${column} \`${cell(column)}\` must be a day, YYYY-MM-DD`,
      );
    }
  }
  if (problems.length > before || !type) return { code, row: null };
  const validFrom = cell("valid_from") || null;
  const validUntil = cell("valid_until") || null;
  if (validFrom !== null && validUntil !== null && validFrom >= validUntil) {
    wrong(
      `valid_from ${validFrom} phải trước valid_until ${validUntil}`,
      `valid_from ${validFrom} must be before valid_until ${validUntil}`,
    );
    return { code, row: null };
  }
  return {
    code,
    row: {
      code,
      name: cell("name"),
      nameEn: cell("name_en") || null,
      type,
      validFrom,
      validUntil,
      variants: list("variants"),
      parentCode: cell("parent_code") || null,
      successorCodes: list("successors"),
      instrument: cell("instrument") || null,
      line,
    },
  };
}
