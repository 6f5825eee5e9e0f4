import { stringify } from "csv-stringify/sync";
import { safeText } from "../../sheet/safe-text";
import { streamXlsx } from "../../sheet/xlsx-stream";
import { cellOf } from "./cell-text";
import type { Row } from "./flatten";
import type { Column } from "./table";

/** The rows, a batch at a time. */
export type Batches = AsyncIterable<readonly Row[]>;

export interface Layout {
  columns: readonly Column[];
  labels: "vi" | "en" | undefined;
  isForExcel: boolean;
}

const headings = ({ columns, labels }: Layout): string[] =>
  columns.map((column) => (labels === undefined ? column.name : column.labels[labels]));

/** Lines of text, after RFC 4180; for Excel in Việt Nam with semicolons, decimal commas and a byte order mark. */
export async function* csvOf(layout: Layout, batches: Batches): AsyncGenerator<string> {
  const { isForExcel } = layout;
  const options = { delimiter: isForExcel ? ";" : ",", record_delimiter: "\r\n" };
  yield (isForExcel ? "\ufeff" : "") + stringify([headings(layout)], options);
  const textOf = (value: unknown) => {
    const cell = cellOf(value);
    if (typeof cell === "string") return safeText(cell);
    const text = cell === null ? "" : String(cell);
    return isForExcel ? text.replace(".", ",") : text;
  };
  for await (const rows of batches)
    if (rows.length > 0)
      yield stringify(
        rows.map((row) => row.map(textOf)),
        options,
      );
}

/** One array of flat objects. */
export async function* jsonOf(layout: Layout, batches: Batches): AsyncGenerator<string> {
  const keys = headings(layout).map((heading) => JSON.stringify(heading));
  yield "[";
  let comma = "\n";
  for await (const rows of batches) {
    let text = "";
    for (const row of rows) {
      text += comma;
      comma = ",\n";
      for (let at = 0; at < row.length; at += 1)
        text += `${at === 0 ? "{" : ","}${keys[at]!}:${JSON.stringify(row[at])}`;
      text += "}";
    }
    if (text !== "") yield text;
  }
  yield "\n]\n";
}

/** A workbook: the rows, then a sheet that explains the columns. */
export function xlsxOf(layout: Layout, batches: Batches): AsyncGenerator<Uint8Array> {
  const { columns } = layout;
  const days = new Set(columns.flatMap(({ type }, at) => (type.name === "Date" ? [at] : [])));
  return streamXlsx([
    { name: "Dữ liệu", header: headings(layout), days, rows: cellsOf(batches) },
    {
      name: "Các cột",
      header: [
        "Cột / Column",
        "Nhãn",
        "Label",
        "Kiểu / Type",
        "Đơn vị / Unit",
        "Mô tả / Description",
      ],
      rows: once(
        columns.map(({ name, labels, type, unit, description }) => [
          name,
          labels.vi,
          labels.en,
          type.name,
          unit ?? null,
          description ?? null,
        ]),
      ),
    },
  ]);
}

async function* cellsOf(batches: Batches) {
  for await (const rows of batches) yield rows.map((row) => row.map(cellOf));
}

async function* once<Value>(value: Value): AsyncGenerator<Value> {
  yield value;
}
