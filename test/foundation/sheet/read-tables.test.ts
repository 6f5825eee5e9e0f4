import { strToU8, zipSync } from "fflate";
import { readTables } from "../../../subgraphs/foundation/sheet/read-tables";
import { readRecords, type SheetColumn } from "../../../subgraphs/foundation/sheet/columns";
import { toLegacy } from "../../../subgraphs/foundation/sheet/legacy-vietnamese";

const column = (
  key: string,
  kind: SheetColumn["kind"],
  vi: string,
  en: string,
  synonyms: string[] = [],
  required = false,
): SheetColumn => ({
  key,
  kind,
  labels: { vi, en },
  synonyms,
  required,
  explanation: { vi: "", en: "" },
  example: "",
});
const COLUMNS = [
  column("code", "TEXT", "Mã số", "Code", ["Mã thư viện"], true),
  column("name", "TEXT", "Tên thư viện", "Name", ["Đơn vị"]),
  column("lifelong", "YES_NO", "Phục vụ học tập suốt đời", "Lifelong learning"),
  column("visits", "COUNT", "Lượt sử dụng", "Visits", ["Lượt sử dụng / Tổng số"]),
  column("learning", "COUNT", "Lượt học tập", "Learning visits", ["Lượt sử dụng / Để học tập"]),
  column("opened", "DAY", "Ngày mở", "Opened on"),
];

/** What agencies send, in one table: every file of the corpus says just this. */
const SAME = [
  {
    line: 2,
    values: {
      code: "TV-01",
      name: "Thư viện xã Sin Suối Hồ",
      lifelong: true,
      visits: 1234,
      learning: 1000,
      opened: "2010-03-05",
    },
  },
  {
    line: 3,
    values: {
      code: "TV-02",
      name: "Phường Đoàn Kết",
      lifelong: false,
      visits: 0,
      learning: null,
      opened: null,
    },
  },
];
const HEADER = [
  "Mã số",
  "Tên thư viện",
  "Phục vụ học tập suốt đời",
  "Lượt sử dụng",
  "Lượt học tập",
  "Ngày mở",
];
const ROWS = [
  ["TV-01", "Thư viện xã Sin Suối Hồ", "Có", "1.234", "1 000", "05/03/2010"],
  ["TV-02", "Phường Đoàn Kết", "Không", "0", "-", ""],
];
const csv = (delimiter: string, rows = [HEADER, ...ROWS]) =>
  rows.map((row) => row.join(delimiter)).join("\r\n") + "\r\n";
const utf16le = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
const latin = (text: string) => Buffer.from(text, "latin1");

/** Windows-1258 as Windows writes it: vowels whole, tones behind them. */
function windows1258(text: string): Buffer {
  const letters: Record<string, number> = {
    Ă: 0xc3,
    ă: 0xe3,
    Đ: 0xd0,
    đ: 0xf0,
    Ơ: 0xd5,
    ơ: 0xf5,
    Ư: 0xdd,
    ư: 0xfd,
    Â: 0xc2,
    â: 0xe2,
    Ê: 0xca,
    ê: 0xea,
    Ô: 0xd4,
    ô: 0xf4,
    "\u0300": 0xcc,
    "\u0309": 0xd2,
    "\u0303": 0xde,
    "\u0301": 0xec,
    "\u0323": 0xf2,
  };
  const tone = /[\u0300\u0301\u0303\u0309\u0323]/gu;
  const bytes = [...text.normalize("NFC")].flatMap((letter) => {
    const parts = letter.normalize("NFD");
    const base = parts.replace(tone, "").normalize("NFC");
    return [base, ...(parts.match(tone) ?? [])].map((each) => letters[each] ?? each.charCodeAt(0));
  });
  return Buffer.from(bytes);
}

const read = (bytes: Uint8Array, name = "bao-cao.csv") => {
  const file = readTables(bytes, name);
  const result = file.tables
    .map((table) => readRecords(table, COLUMNS))
    .find((each) => each !== null);
  const records = result && [...result.records];
  return {
    records,
    problems: result?.problems.filter(({ severity }) => severity === "ERROR"),
    notices: file.notices.map(({ vi }) => vi),
  };
};

describe("A text of separated values", () => {
  it.each<[string, Uint8Array]>([
    ["UTF-8 with commas", Buffer.from(csv(","))],
    ["UTF-8 with a BOM and semicolons", Buffer.from(`\ufeff${csv(";")}`)],
    ["UTF-8 with tabs", Buffer.from(csv("\t"))],
    ["UTF-8 in decomposed letters", Buffer.from(csv(";").normalize("NFD"))],
    ["UTF-16 with a BOM", utf16le(csv("\t"))],
    ["UTF-16 without a BOM", Buffer.from(csv(";"), "utf16le")],
    ["Windows-1258", windows1258(csv(";"))],
    ["TCVN3 in eight bits", latin(toLegacy(csv(";"), "TCVN3"))],
    ["VNI in eight bits", latin(toLegacy(csv(";"), "VNI"))],
    ["TCVN3 saved as UTF-8", Buffer.from(toLegacy(csv(","), "TCVN3"))],
    ["VNI saved as UTF-8 with a BOM", Buffer.from(`\ufeff${toLegacy(csv(";"), "VNI")}`)],
    [
      "quoted cells",
      Buffer.from(
        csv(
          ",",
          [HEADER, ...ROWS].map((row) => row.map((cell) => `"${cell}"`)),
        ),
      ),
    ],
    ["lone line feeds", Buffer.from(csv(";").replaceAll("\r\n", "\n"))],
  ])("is read as %s", (_what, bytes) => {
    expect(read(bytes)).toMatchObject({ records: SAME, problems: [] });
  });

  it("says what it took the letters for", () => {
    expect(read(latin(toLegacy(csv(";"), "TCVN3"))).notices).toEqual([
      "Đã đọc chữ theo bảng mã TCVN3: “M·” → “Mã”.",
    ]);
    expect(read(Buffer.from(csv(";"))).notices).toEqual([]);
  });

  it("has its header under a letterhead, in other words, with numbers below", () => {
    const text = [
      "ỦY BAN NHÂN DÂN TỈNH;;;",
      "Biểu thống kê năm 2025;;;",
      ";;;",
      "TT;Mã thư viện;ĐƠN VỊ;LƯỢT SỬ DỤNG (lượt)",
      "(1);(2);(3);(4)",
      "1;TV-01;Sin Suối Hồ;12",
    ].join("\n");

    const { records, problems } = read(Buffer.from(text));

    expect(problems).toEqual([]);
    expect(records).toEqual([
      { line: 6, values: { code: "TV-01", name: "Sin Suối Hồ", visits: 12 } },
    ]);
  });

  it("has a header of two rows, whose groups lost their merged cells", () => {
    const text = ["Mã số;Lượt sử dụng;;Ngày mở", ";Tổng số;Để học tập;", "A1;10;4;1/2/2020"].join(
      "\n",
    );

    expect(read(Buffer.from(text)).records).toEqual([
      { line: 3, values: { code: "A1", visits: 10, learning: 4, opened: "2020-02-01" } },
    ]);
  });

  it("tells every wrong cell by its row and column, and how to mend it", () => {
    const text = [
      "Mã số;Lượt sử dụng;Ngày mở;Phục vụ học tập suốt đời",
      "A1;1,5;31/02/2020;có lẽ",
      "A2;mười;03/15/2020;x",
    ].join("\n");

    const table = readTables(Buffer.from(text), "f.csv").tables[0]!;
    const { records, problems } = readRecords(table, COLUMNS)!;

    expect([...records]).toHaveLength(2);
    expect(problems.map(({ line, column: letter, code }) => [line, letter, code])).toEqual([
      [2, "B", "NOT_WHOLE"],
      [2, "C", "NOT_A_DAY"],
      [2, "D", "NOT_YES_OR_NO"],
      [3, "B", "NOT_A_NUMBER"],
      [3, "C", "NOT_A_DAY"],
    ]);
    expect(problems[1]!.vi).toBe(
      "“31/02/2020” không phải ngày có thật; hãy ghi ngày/tháng/năm đủ bốn chữ số năm, ví dụ 05/03/2025.",
    );
  });

  it("tells a column that is missing, one that is there twice, and one that is not used", () => {
    const text = "Tên thư viện;Lượt sử dụng;Visits;Ghi chú\nA;1;2;x";

    const { problems } = readRecords(readTables(Buffer.from(text), "f.csv").tables[0]!, COLUMNS)!;

    expect(problems.map(({ severity, code, column: letter }) => [severity, code, letter])).toEqual([
      ["ERROR", "DOUBLED_COLUMN", "C"],
      ["NOTICE", "UNKNOWN_COLUMN", "D"],
      ["ERROR", "MISSING_COLUMN", null],
    ]);
  });
});

/** The least that a workbook is, with one sheet. */
function workbook(sheetXml: string, more: Record<string, string> = {}): Uint8Array {
  const parts: Record<string, string> = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml":
      '<workbook xmlns:r="r"><sheets><sheet name="Biểu 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/styles.xml":
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    "xl/worksheets/sheet1.xml": sheetXml,
    ...more,
  };
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
  );
}
const text = (ref: string, said: string) =>
  `<c r="${ref}" t="inlineStr"><is><t>${said}</t></is></c>`;

describe("A workbook", () => {
  it("is read with shared strings, days, yes and no, and a header of merged cells", () => {
    const sheet = `<worksheet><sheetData>
      <row r="1">${text("A1", "BÁO CÁO NĂM 2025")}</row>
      <row r="3">${text("A3", "Mã số")}${text("B3", "Lượt sử dụng")}${text("D3", "Ngày mở")}${text("E3", "Phục vụ học tập suốt đời")}</row>
      <row r="4">${text("B4", "Tổng số")}${text("C4", "Để học tập")}</row>
      <row r="5"><c r="A5" t="s"><v>0</v></c><c r="B5"><v>1234</v></c><c r="C5"><v>7</v></c><c r="D5" s="1"><v>40242</v></c><c r="E5" t="b"><v>1</v></c></row>
      </sheetData><mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="A3:A4"/><mergeCell ref="B3:C3"/><mergeCell ref="D3:D4"/></mergeCells></worksheet>`;
    const strings = "<sst><si><r><t>TV-</t></r><r><t>01</t></r></si></sst>";

    const { records, problems } = read(
      workbook(sheet, { "xl/sharedStrings.xml": strings }),
      "a.xlsx",
    );

    expect(problems).toEqual([]);
    expect(records).toEqual([
      {
        line: 5,
        values: { code: "TV-01", visits: 1234, learning: 7, opened: "2010-03-05", lifelong: true },
      },
    ]);
  });

  it("with a formula is refused, with the cell", () => {
    const sheet = `<worksheet><sheetData><row r="2"><c r="B2"><f>SUM(A1:A9)</f><v>9</v></c></row></sheetData></worksheet>`;

    expect(() => readTables(workbook(sheet), "a.xlsx")).toThrow(
      expect.objectContaining({
        code: "FORMULA",
        en: "Sheet “Biểu 1”, cell B2 is a formula; paste its value and send it again.",
      }),
    );
  });

  it("that unfolds beyond measure is refused before it has", () => {
    const sheet = `<worksheet><sheetData>${" ".repeat(40_000_000)}</sheetData></worksheet>`;
    const small = { bytes: 10_000_000, inflatedBytes: 5_000_000, rows: 100 };
    const bytes = workbook(sheet);

    expect(bytes.length).toBeLessThan(100_000);
    expect(() => readTables(bytes, "a.xlsx", small)).toThrow(
      expect.objectContaining({ code: "ZIP_BOMB" }),
    );
  });

  it("with entities of its own is refused", () => {
    const sheet = `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData/></worksheet>`;

    expect(() => readTables(workbook(sheet), "a.xlsx")).toThrow(
      expect.objectContaining({ code: "NOT_A_WORKBOOK" }),
    );
  });
});

describe("A file that is no table", () => {
  it.each<[string, Uint8Array, string]>([
    ["an old Excel file", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), "NOT_A_WORKBOOK"],
    ["a PDF", Buffer.from("%PDF-1.7 …"), "NOT_A_WORKBOOK"],
    ["a web page", Buffer.from("<html><table></table></html>"), "NOT_A_WORKBOOK"],
    ["another archive", zipSync({ "a.txt": strToU8("a") }), "NOT_A_WORKBOOK"],
    ["half an archive", workbook("<worksheet/>").subarray(0, 300), "NOT_A_WORKBOOK"],
    ["bytes of anything", Buffer.from([1, 2, 0, 3, 4, 0, 9, 250]), "ENCODING_UNKNOWN"],
    ["nothing", Buffer.from([]), "EMPTY"],
  ])("is refused: %s", (_what, bytes, code) => {
    expect(() => readTables(bytes, "a.csv")).toThrow(expect.objectContaining({ code }));
  });

  it("is refused when it is too long, in bytes or in rows", () => {
    const limits = { bytes: 1000, inflatedBytes: 1000, rows: 10 };
    const rows = Buffer.from("a;b\n".repeat(200));

    expect(() => readTables(Buffer.alloc(1001, 65), "a.csv", limits)).toThrow(
      expect.objectContaining({ code: "TOO_LARGE" }),
    );
    expect(() => [...readTables(rows, "a.csv", limits).tables[0]!.rows]).toThrow(
      expect.objectContaining({ code: "TOO_LARGE" }),
    );
  });
});
