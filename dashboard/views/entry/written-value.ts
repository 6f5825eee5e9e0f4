import { count, UNKNOWN } from "../../language/format";
import type { MeasureField } from "./measure-fields";

/** What stands in a form's field, as it was typed or chosen; "" is not reported. */
export type Written = string;

/** As the form writes a value of the hub. */
export function writtenOf(value: unknown): Written {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.join("\n") : (value as number).toString();
}

/** What cannot be read as the measure's value. */
export const UNREADABLE = Symbol("unreadable");

/** The value that was written, for the hub; null is not reported. */
export function valueOf({ kind }: MeasureField, written: Written): unknown {
  const text = written.trim();
  if (text === "") return null;
  if (kind === "YES_NO") return text === "yes";
  if (kind === "TEXT_LIST")
    return text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  // Digits may be parted by threes, as people write them in either language.
  return /^\d{1,10}$|^\d{1,3}(?:[.,\s]\d{3})+$/u.test(text)
    ? Number(text.replace(/\D/gu, ""))
    : UNREADABLE;
}

/** As people read it. */
export function told(value: unknown, words: { yes: string; no: string }): string {
  if (value === null || value === undefined) return UNKNOWN;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  return Array.isArray(value) ? value.join("; ") : count(value as number);
}
