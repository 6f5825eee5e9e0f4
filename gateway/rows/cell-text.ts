import type { StreamedCell } from "../../sheet/xlsx-stream";

/** A value as a spreadsheet's cell holds it: lists with semicolons between, null empty. */
export function cellOf(value: unknown): StreamedCell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.join(";");
  return typeof value === "string" ? value : JSON.stringify(value);
}
