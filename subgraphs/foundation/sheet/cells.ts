import { isDay, type Day } from "../calendar";
import { foldText, normaliseText } from "../vietnamese-text";
import type { CellValue } from "./sheet-problem";

/** What a cell says, or what is wrong with it and how to mend it. */
export type CellReading<Value> =
  | { value: Value | null; problem?: undefined }
  | { value?: undefined; problem: { code: string; vi: string; en: string } };

/** What people write where they have nothing to report: not zero. */
const NOTHING = new Set([
  "",
  "-",
  "--",
  "—",
  "–",
  "...",
  "…",
  "x x",
  "n/a",
  "na",
  "null",
  "khong co so lieu",
  "chua co so lieu",
  "chua bao cao",
  "khong bao cao",
  "not reported",
]);

/** Whether a cell says that there is nothing to report. */
export function isNothing(cell: CellValue): boolean {
  if (cell === null) return true;
  if (typeof cell !== "string" || /^\d/u.test(cell)) return false;
  return cell.length < 24 && NOTHING.has(foldText(cell));
}

/**
 * A whole number: `1234`, `1.234`, `1 234`, `1,234,567`, `1234,0`. A point before exactly three digits parts thousands, as
 * is written in Việt Nam; a comma does so only where several do, or a point follows.
 */
export function readCount(cell: CellValue): CellReading<number> {
  if (isNothing(cell)) return { value: null };
  const number = typeof cell === "number" ? cell : numberOf(String(cell));
  if (number === null || !Number.isFinite(number)) {
    return wrong(
      "NOT_A_NUMBER",
      `“${String(cell)}” không phải số; hãy ghi số nguyên, ví dụ 1234.`,
      `“${String(cell)}” is no number; write a whole number, such as 1234.`,
    );
  }
  if (!Number.isInteger(number)) {
    return wrong(
      "NOT_WHOLE",
      `“${String(cell)}” không phải số nguyên; hãy ghi số nguyên.`,
      `“${String(cell)}” is not a whole number.`,
    );
  }
  return { value: number };
}

function numberOf(text: string): number | null {
  if (/^\d{1,15}$/u.test(text)) return Number(text);
  const compact = text.trim().replace(/[\s\u00a0\u202f']/gu, "");
  if (!/^[+-]?\d[\d.,]*$/u.test(compact)) return null;
  if (/^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/u.test(compact))
    return Number(compact.replaceAll(".", "").replace(",", "."));
  if (
    /^[+-]?\d{1,3}(,\d{3}){2,}(\.\d+)?$/u.test(compact) ||
    /^[+-]?\d{1,3}(,\d{3})+\.\d+$/u.test(compact)
  )
    return Number(compact.replaceAll(",", ""));
  if (/^[+-]?\d+,\d+$/u.test(compact)) return Number(compact.replace(",", "."));
  if (/^[+-]?\d+(\.\d+)?$/u.test(compact)) return Number(compact);
  return null;
}

const YES = new Set(["co", "x", "1", "yes", "y", "dung", "true", "c", "✓", "✔", "da co"]);
const NO = new Set(["khong", "0", "no", "n", "sai", "false", "k", "chua", "chua co", "khong co"]);

/** Yes or no: `có`, `x`, `1`, `true`; `không`, `0`, `chưa`. */
export function readYesNo(cell: CellValue): CellReading<boolean> {
  if (typeof cell === "boolean") return { value: cell };
  if (cell === "Có") return { value: true };
  if (cell === "Không") return { value: false };
  if (isNothing(cell)) return { value: null };
  const said = foldText(String(cell));
  if (YES.has(said)) return { value: true };
  if (NO.has(said)) return { value: false };
  return wrong(
    "NOT_YES_OR_NO",
    `“${String(cell)}” không rõ là có hay không; hãy ghi “Có” hoặc “Không”.`,
    `“${String(cell)}” is neither yes nor no; write “Có” or “Không”.`,
  );
}

/** A day: `05/03/2025`, `5-3-2025`, `2025-03-05`, `ngày 5 tháng 3 năm 2025`. Never month before day. */
export function readDay(cell: CellValue): CellReading<Day> {
  if (isNothing(cell)) return { value: null };
  const text = String(cell).trim();
  const [, year, month, day] =
    /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text) ??
    reordered(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/u.exec(text)) ??
    reordered(/^ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})$/u.exec(foldText(text))) ??
    [];
  if (year !== undefined) {
    const read = `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
    if (isDay(read)) return { value: read };
  }
  return wrong(
    "NOT_A_DAY",
    `“${text}” không phải ngày có thật; hãy ghi ngày/tháng/năm đủ bốn chữ số năm, ví dụ 05/03/2025.`,
    `“${text}” is no existing day; write day/month/year with four digits of the year, such as 05/03/2025.`,
  );
}

const reordered = (match: RegExpExecArray | null): string[] | null =>
  match && [match[0], match[3]!, match[2]!, match[1]!];

/** Text in one spelling; an escape before = + - @ is taken off. */
export function readText(cell: CellValue): CellReading<string> {
  if (cell === null) return { value: null };
  const text = normaliseText(String(cell).replace(/^'(?=[=+\-@\t\r'])/u, ""));
  return { value: text === "" ? null : text };
}

/** Several texts, parted by semicolons or line breaks. */
export function readTexts(cell: CellValue): CellReading<string[]> {
  if (isNothing(cell)) return { value: null };
  const texts = String(cell)
    .split(/[;\n]/u)
    .map((text) => readText(text).value)
    .filter((text): text is string => text !== null && text !== undefined);
  return { value: texts };
}

function wrong(code: string, vi: string, en: string) {
  return { problem: { code, vi, en } };
}
