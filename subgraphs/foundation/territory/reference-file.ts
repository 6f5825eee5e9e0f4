import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { isDay, type Day } from "../calendar";
import { normaliseText } from "../vietnamese-text";
import { checkReferenceUnits } from "./reference-check";

export const UNIT_TYPES = [
  "PROVINCE",
  "PROVINCIAL_CITY",
  "DISTRICT",
  "COMMUNE",
  "WARD",
  "TOWNSHIP",
] as const;
export type UnitType = (typeof UNIT_TYPES)[number];

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

/** The file cannot be loaded; every problem is told at once, with its line. */
export class ReferenceFileError extends Error {
  constructor(
    path: string,
    readonly problems: ReferenceProblem[],
  ) {
    const shown = problems
      .slice(0, 50)
      .map(
        ({ line, messageVi, messageEn }) => `  dòng / line ${line}: ${messageVi} / ${messageEn}`,
      );
    const more = problems.length > 50 ? [`  … ${problems.length - 50} lỗi nữa / more`] : [];
    super([`Tệp đơn vị hành chính sai / Wrong units file: ${path}`, ...shown, ...more].join("\n"));
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
 * Reads a units file: UTF-8 CSV, one row for each version of a unit (the columns are those of
 * `reference/lai-chau/units.csv`).
 * @throws ReferenceFileError that names every wrong line and how to mend it.
 */
export function readReferenceUnits(path: string): ReferenceUnit[] {
  const problems: ReferenceProblem[] = [];
  const rows = readRows(path, problems);
  const units = checkReferenceUnits(rows, problems);
  if (problems.length > 0) {
    throw new ReferenceFileError(
      path,
      problems.sort((a, b) => a.line - b.line),
    );
  }
  return units;
}

interface Parsed {
  record: Record<string, string>;
  info: { lines: number };
}

function readRows(path: string, problems: ReferenceProblem[]): ReferenceRow[] {
  let parsed: Parsed[];
  let header: string[] = [];
  try {
    parsed = parse(readFileSync(path, "utf8"), {
      bom: true,
      info: true,
      columns: (names: string[]) => (header = names.map((name) => name.trim())),
      skip_empty_lines: true,
      relax_column_count: false,
    }) as unknown as Parsed[];
  } catch (error) {
    const { lines } = error as { lines?: number };
    const reason = error instanceof Error ? error.message : String(error);
    problems.push({
      line: lines ?? 1,
      messageVi: `không đọc được: ${reason}`,
      messageEn: `cannot be read: ${reason}`,
    });
    return [];
  }
  const missing = COLUMNS.filter((name) => !header.includes(name));
  const unknown = header.filter((name) => !COLUMNS.includes(name));
  if (missing.length > 0 || unknown.length > 0 || parsed.length === 0) {
    problems.push({
      line: 1,
      messageVi: `dòng tiêu đề phải là ${COLUMNS.join(",")} và có ít nhất một đơn vị`,
      messageEn: `the header must be ${COLUMNS.join(",")}, and one unit at least must follow`,
    });
    return [];
  }
  return parsed.flatMap(({ record, info }) => readRow(record, info.lines, problems) ?? []);
}

function readRow(
  record: Record<string, string>,
  line: number,
  problems: ReferenceProblem[],
): ReferenceRow | null {
  const cell = (column: string) => normaliseText(record[column] ?? "");
  const list = (column: string) => cell(column).split(";").map(normaliseText).filter(Boolean);
  const before = problems.length;
  const wrong = (messageVi: string, messageEn: string) =>
    problems.push({ line, messageVi, messageEn });

  const type = UNIT_TYPES.find((each) => each === cell("type").toUpperCase());
  if (!type)
    wrong(
      `loại \`${cell("type")}\` không có; cần ${UNIT_TYPES.join(", ")}`,
      `unknown type \`${cell("type")}\``,
    );
  for (const code of [cell("code"), cell("parent_code"), ...list("successors")]) {
    if (code !== "" && !/^\d{2,5}$/u.test(code)) {
      wrong(
        `mã \`${code}\` phải gồm 2 đến 5 chữ số, giữ số 0 ở đầu`,
        `code \`${code}\` must be 2 to 5 digits, leading zeros kept`,
      );
    }
  }
  if (cell("code") === "") wrong("thiếu mã", "the code is missing");
  if (cell("name") === "") wrong("thiếu tên", "the name is missing");
  for (const column of ["valid_from", "valid_until"]) {
    if (cell(column) !== "" && !isDay(cell(column))) {
      wrong(
        `${column} \`${cell(column)}\` phải là ngày YYYY-MM-DD`,
        `${column} \`${cell(column)}\` must be a day, YYYY-MM-DD`,
      );
    }
  }
  if (problems.length > before || !type) return null;
  const validFrom = cell("valid_from") || null;
  const validUntil = cell("valid_until") || null;
  if (validFrom !== null && validUntil !== null && validFrom >= validUntil) {
    wrong("valid_from phải trước valid_until", "valid_from must be before valid_until");
    return null;
  }
  return {
    code: cell("code"),
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
  };
}
