import fc from "fast-check";
import { unzipSync } from "fflate";
import { readRecords, type SheetColumn } from "../../../subgraphs/foundation/sheet/columns";
import {
  findLegacy,
  fromLegacy,
  toLegacy,
} from "../../../subgraphs/foundation/sheet/legacy-vietnamese";
import { readTables } from "../../../subgraphs/foundation/sheet/read-tables";
import { EXCEL_CSV, PLAIN_CSV, writeCsv } from "../../../subgraphs/foundation/sheet/write-csv";
import { markErrors, writeWorkbook } from "../../../subgraphs/foundation/sheet/write-workbook";
import { normaliseText } from "../../../subgraphs/foundation/vietnamese-text";

const column = (key: string, kind: SheetColumn["kind"], vi: string): SheetColumn => ({
  key,
  kind,
  labels: { vi, en: key },
  synonyms: [],
  required: key === "code",
  explanation: { vi: `Giải thích ${vi}`, en: `About ${key}` },
  example: "1",
  ...(kind === "CHOICE" && {
    choices: [
      { value: "A", labels: { vi: "Loại A", en: "Kind A" } },
      { value: "B", labels: { vi: "Loại B", en: "Kind B" } },
    ],
  }),
});
const COLUMNS = [
  column("code", "TEXT", "Mã số"),
  column("kind", "CHOICE", "Loại"),
  column("visits", "COUNT", "Lượt sử dụng"),
  column("lifelong", "YES_NO", "Học tập suốt đời"),
  column("opened", "DAY", "Ngày mở"),
  column("services", "TEXT_LIST", "Các dịch vụ"),
];

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
const whole = async (pieces: AsyncIterable<string>) => {
  let text = "";
  for await (const piece of pieces) text += piece;
  return Buffer.from(text);
};
const read = (bytes: Uint8Array, name: string) =>
  readRecords(readTables(bytes, name).tables[0]!, COLUMNS);

const words = [
  "Thư",
  "viện",
  "Đoàn",
  "Kết",
  "nguyễn",
  "=SUM(A1)",
  "+84",
  "-5",
  "@x",
  '"',
  "a,b",
  "a;b",
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 6 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) =>
    normaliseText(
      parts
        .join(" ")
        .replace(/[^\P{C}]/gu, "")
        .replace(/^'+/u, ""),
    ),
  )
  .filter((each_) => each_ !== "");
const item = text
  .map((each_) => each_.replaceAll(";", ","))
  .filter((each_) => /\p{L}/u.test(each_));
const row = fc.record({
  code: text,
  kind: fc.option(fc.constantFrom("A", "B")),
  visits: fc.option(fc.nat()),
  lifelong: fc.option(fc.boolean()),
  opened: fc.option(
    fc
      .date({ min: new Date("1950-01-01"), max: new Date("2050-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  ),
  services: fc.option(fc.array(item, { minLength: 1, maxLength: 3 })),
});
/** The choice's label is what is written, as in a template. */
const shown = (rows: { kind: string | null }[]) =>
  rows.map((each_) => ({ ...each_, kind: each_.kind && `Loại ${each_.kind}` }));

describe("What is written", () => {
  it.each([
    ["plain", PLAIN_CSV],
    ["as Excel in Việt Nam opens it", EXCEL_CSV],
    ["with tabs", { bom: false, delimiter: "\t", decimalComma: true } as const],
  ])("as CSV, %s, is read as the same records", async (_what, layout) => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const bytes = await whole(writeCsv(COLUMNS, each(shown(rows)), layout));

        expect(Array.from(read(bytes, "a.csv")!.records, ({ values }) => values)).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it("with tabs is not taken for commas where one cell has more of these than the line has tabs", async () => {
    const services = [", a,b a,b", "a,b", "A"];
    const given = [
      { code: ", a,b", kind: null, visits: null, lifelong: null, opened: null, services },
      { code: "Thư", kind: null, visits: null, lifelong: null, opened: null, services: null },
    ];
    const layout = { bom: false, delimiter: "\t", decimalComma: true } as const;

    const bytes = await whole(writeCsv(COLUMNS, each(given), layout));

    expect(Array.from(read(bytes, "a.csv")!.records, ({ values }) => values)).toEqual(given);
  });

  it("keeps a list of the one text that people write where they have nothing", async () => {
    const given = ["nA", "Không báo cáo", "-", "…"].map((only) => ({
      code: "Thư",
      kind: null,
      visits: null,
      lifelong: null,
      opened: null,
      services: [only],
    }));
    const sheets = [{ name: "Báo cáo", columns: COLUMNS, rows: given }];

    const asCsv = read(await whole(writeCsv(COLUMNS, each(given))), "a.csv")!;
    const asWorkbook = read(await writeWorkbook(sheets, { subgraph: "libraries" }), "a.xlsx")!;

    expect(Array.from(asCsv.records, ({ values }) => values)).toEqual(given);
    expect(Array.from(asWorkbook.records, ({ values }) => values)).toEqual(given);
  });

  it("as a workbook is read as the same records", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const sheets = [{ name: "Báo cáo", columns: COLUMNS, rows: shown(rows) }];
        const bytes = await writeWorkbook(sheets, { subgraph: "libraries" });

        expect(Array.from(read(bytes, "a.xlsx")!.records, ({ values }) => values)).toEqual(rows);
      }),
      { numRuns: 25 },
    );
  });

  it("as a workbook has drop-downs, an explanation of every column, and what it is for", async () => {
    const sheets = [{ name: "Báo cáo", columns: COLUMNS, rows: [{ code: "A" }] }];
    const bytes = await writeWorkbook(sheets, { subgraph: "libraries", year: "2026" });

    const sheet = Buffer.from(unzipSync(bytes)["xl/worksheets/sheet1.xml"]!).toString();
    const { tables } = readTables(bytes, "a.xlsx");
    expect(sheet).toContain(
      '<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="D2:D502"><formula1>"Có,Không"</formula1></dataValidation>',
    );
    expect(sheet).toContain('"Loại A,Loại B"');
    expect(tables.map(({ name }) => name)).toEqual(["Báo cáo", "Giải thích", "Thông tin"]);
    expect([...tables[1]!.rows]).toHaveLength(COLUMNS.length + 1);
    expect(Array.from(tables[2]!.rows, ({ cells }) => cells)).toEqual([
      ["subgraph", "libraries"],
      ["year", "2026"],
    ]);
  });

  it("as a workbook sets back what is only to be looked at, filled or not, and keeps its first columns in sight", async () => {
    const [code, ...others] = COLUMNS;
    const lastYear = {
      ...code!,
      key: "lastYear",
      labels: { vi: "Năm 2025: Mã", en: "2025: code" },
    };
    const columns = [code!, { ...lastYear, isReference: true }, ...others];
    const rows = [{ code: "A", lastYear: "B" }, { code: "C" }];

    const parts = unzipSync(
      await writeWorkbook([{ name: "A", columns, rows, stickyColumns: 1 }], {}),
    );

    const sheet = Buffer.from(parts["xl/worksheets/sheet1.xml"]!).toString();
    const styleOf = (cell: string) =>
      new RegExp(`<c r="${cell}"[^>]* s="(\\d+)"`, "u").exec(sheet)?.[1];
    expect(Buffer.from(parts["xl/styles.xml"]!).toString()).toContain("FFEDEDED");
    expect(styleOf("B2")).toBeDefined();
    expect([styleOf("A2"), styleOf("B3")]).toEqual([undefined, styleOf("B2")]);
    expect(styleOf("B1")).not.toBe(styleOf("A1"));
    expect(sheet).toContain('xSplit="1"');
  });

  it("never is a formula", async () => {
    const rows = [{ code: "=HYPERLINK(1)" }, { code: "@SUM" }, { code: "-1+1" }];

    const csv = (await whole(writeCsv(COLUMNS.slice(0, 1), each(rows)))).toString();
    const sheets = [{ name: "A", columns: COLUMNS.slice(0, 1), rows }];
    const xml = unzipSync(await writeWorkbook(sheets, {}))["xl/worksheets/sheet1.xml"]!;

    expect(csv).toBe("Mã số\r\n'=HYPERLINK(1)\r\n'@SUM\r\n'-1+1\r\n");
    expect(Buffer.from(xml).toString()).not.toContain("<f>");
  });

  it("as a copy with errors shows each where it is, and behind its row what to do", async () => {
    const bytes = Buffer.from("Mã số;Lượt sử dụng\nA1;mười\nA2;5");
    const { tables } = readTables(bytes, "bao-cao.csv");
    const { problems, records } = readRecords(tables[0]!, COLUMNS)!;
    expect([...records]).toHaveLength(2);

    const marked = readTables(await markErrors(tables, problems), "m.xlsx").tables[0]!;

    expect(Array.from(marked.rows, ({ cells }) => cells)).toEqual([
      ["Mã số", "Lượt sử dụng"],
      [
        "A1",
        "mười",
        "[B] “mười” không phải số; hãy ghi số nguyên, ví dụ 1234. / “mười” is no number; write a whole number, such as 1234.",
      ],
      ["A2", "5"],
    ]);
  });
});

describe("Text in an old encoding", () => {
  const VIETNAMESE =
    "thư viện xã phường đoàn kết sử dụng học tập suốt đời người dân được quyển sách báo nguyễn thị hường trường tiểu học mường tè nậm nhùn phong thổ sìn hồ than uyên tân quý mỹ đường".split(
      " ",
    );
  const sentence = fc
    .array(fc.constantFrom(...VIETNAMESE), { minLength: 4, maxLength: 30 })
    .map((all) => all.join(" "));

  it("is repaired to just what was written", () => {
    fc.assert(
      fc.property(sentence, fc.constantFrom("TCVN3" as const, "VNI" as const), (said, encoding) => {
        expect(fromLegacy(toLegacy(said, encoding), encoding)).toBe(said);
      }),
    );
  });

  it("is never seen in good Vietnamese, nor in French or plain letters", () => {
    fc.assert(
      fc.property(sentence, (said) => {
        expect(findLegacy(said)).toBeNull();
        expect(findLegacy(said.toUpperCase())).toBeNull();
      }),
    );
    expect(findLegacy("À la bibliothèque, les élèves lisent déjà")).toBeNull();
    expect(findLegacy("Total visits 1,234")).toBeNull();
  });
});
