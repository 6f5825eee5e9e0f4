/** Why a file is not read at all. */
export type RefusalCode =
  | "NOT_A_WORKBOOK"
  | "TOO_LARGE"
  | "ZIP_BOMB"
  | "FORMULA"
  | "ENCODING_UNKNOWN"
  | "EMPTY"
  | "NOT_FOR_THIS";

/** The file is not read; one line says why, and nothing was written. */
export class SheetRefused extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly vi: string,
    readonly en: string,
  ) {
    super(`${vi} / ${en}`);
  }
}

/** One thing to know of a file: an error stops the import, a notice does not. */
export interface SheetProblem {
  severity: "ERROR" | "NOTICE";
  code: string;
  /** The sheet's name; a CSV's is its file's. */
  sheet: string;
  /** As Excel counts rows. Null: the sheet as a whole. */
  line: number | null;
  /** Excel's letter. Null: the row as a whole. */
  column: string | null;
  /** The column's header as the file has it. */
  header: string | null;
  /** What is wrong, and how to mend it. */
  vi: string;
  en: string;
}

export type CellValue = string | number | boolean | null;

export interface ReadRow {
  line: number;
  cells: CellValue[];
}

/** A sheet as it came: no header has been looked for yet. */
export interface ReadTable {
  name: string;
  /** Those that are not blank; of a long text each is read when its turn comes, anew each time. */
  rows: Iterable<ReadRow>;
  /** Merged ranges of cells, by zero-based column and by line. */
  merges: { fromLine: number; toLine: number; fromColumn: number; toColumn: number }[];
}

export interface ReadLimits {
  bytes: number;
  /** After unpacking. */
  inflatedBytes: number;
  rows: number;
}

export const LIMITS: ReadLimits = {
  bytes: 32 * 1024 * 1024,
  inflatedBytes: 256 * 1024 * 1024,
  rows: 200_000,
};

/** A for 0, Z for 25, AA for 26. */
export function columnLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetter(Math.floor(index / 26) - 1) + letter;
}

export function tooManyRows({ rows }: ReadLimits): SheetRefused {
  return new SheetRefused(
    "TOO_LARGE",
    `Tệp có hơn ${rows} dòng; hãy chia thành nhiều tệp.`,
    `The file has more than ${rows} rows; split it.`,
  );
}

export function tooLarge(bytes: number, limit: number): SheetRefused {
  const mb = (count: number) => Math.ceil(count / 1024 / 1024);
  return new SheetRefused(
    "TOO_LARGE",
    `Tệp dài ${mb(bytes)} MB; nhiều nhất ${mb(limit)} MB.`,
    `The file is ${mb(bytes)} MB long; at most ${mb(limit)} MB.`,
  );
}
