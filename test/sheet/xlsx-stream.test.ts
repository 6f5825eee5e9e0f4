import { streamXlsx, type StreamedCell } from "../../sheet/xlsx-stream";
import { readTables } from "../../subgraphs/foundation/sheet/read-tables";

async function workbook(rows: readonly (readonly StreamedCell[])[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const batches = async function* () {
    for (const row of rows) yield [row];
  };
  const sheet = { name: "Dữ liệu", header: ["a", "b", "c"], days: new Set([2]), rows: batches() };
  for await (const piece of streamXlsx([sheet])) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe("A workbook that is written as it goes", () => {
  it("is read back with its numbers, texts, answers and days", async () => {
    const bytes = await workbook([
      [1.5, 'Thư viện <xã> & "phường"', "2025-07-01"],
      [-3, null, null],
      [true, "hai\ndòng", "1890-01-01"],
    ]);

    const [table] = readTables(bytes, "a.xlsx").tables;

    expect([...table!.rows].map(({ cells }) => cells)).toEqual([
      ["a", "b", "c"],
      [1.5, 'Thư viện <xã> & "phường"', "2025-07-01"],
      [-3],
      [true, "hai\ndòng", "1890-01-01"],
    ]);
  });

  it("holds no text that a spreadsheet would run as a formula", async () => {
    const bytes = await workbook([["=1+1", "@SUM(A1)", "-2"]]);

    const [table] = readTables(bytes, "a.xlsx").tables;

    expect([...table!.rows][1]!.cells).toEqual(["'=1+1", "'@SUM(A1)", "'-2"]);
  });
});
