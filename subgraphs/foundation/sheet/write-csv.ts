import { stringify } from "csv-stringify/sync";
import { safeText } from "../../../sheet/safe-text";
import { isNothing } from "./cells";
import type { SheetColumn } from "./columns";

/** How the text is laid out: Excel in Việt Nam opens `;` with decimal commas and a BOM by a double click. */
export interface CsvLayout {
  bom: boolean;
  delimiter: "," | ";" | "\t";
  decimalComma: boolean;
}

export const PLAIN_CSV: CsvLayout = { bom: false, delimiter: ",", decimalComma: false };
export const EXCEL_CSV: CsvLayout = { bom: true, delimiter: ";", decimalComma: true };

const AT_ONCE = 1000;

/** The rows as text, piece by piece: a header of the columns' Vietnamese names, then a line for each row. */
export async function* writeCsv(
  columns: readonly Pick<SheetColumn, "key" | "labels">[],
  rows: AsyncIterable<Readonly<Record<string, unknown>>>,
  layout: CsvLayout = PLAIN_CSV,
): AsyncGenerator<string> {
  const { delimiter } = layout;
  const text = (lines: unknown[][]) => stringify(lines, { delimiter, record_delimiter: "\r\n" });
  yield (layout.bom ? "\ufeff" : "") + text([columns.map(({ labels }) => labels.vi)]);
  let lines: unknown[][] = [];
  for await (const row of rows) {
    lines.push(columns.map(({ key }) => csvCell(row[key], layout)));
    if (lines.length < AT_ONCE) continue;
    yield text(lines);
    lines = [];
  }
  if (lines.length > 0) yield text(lines);
}

function csvCell(value: unknown, { decimalComma }: CsvLayout): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") {
    const written = String(value);
    return decimalComma ? written.replace(".", ",") : written;
  }
  return safeText(cellText(value));
}

/**
 * What a value looks like in a cell: yes and no in Vietnamese, lists with semicolons; a list of one text that people write for
 * nothing (“n/a”) gets one as well, or it would be read as no list.
 */
export function cellText(value: unknown): string {
  if (typeof value === "boolean") return value ? "Có" : "Không";
  if (Array.isArray(value)) {
    const text = value.join("; ");
    return value.length === 1 && isNothing(text) ? `${text};` : text;
  }
  return String(value);
}
