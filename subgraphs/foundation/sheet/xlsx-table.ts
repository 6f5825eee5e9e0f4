import { Unzip, UnzipInflate } from "fflate";
import { SaxesParser } from "saxes";
import {
  columnLetter,
  SheetRefused,
  tooManyRows,
  type CellValue,
  type ReadLimits,
  type ReadRow,
  type ReadTable,
} from "./sheet-problem";

/** Number formats of the standard that show a day. */
const DAY_FORMATS = new Set([14, 15, 16, 17, 22, 27, 30, 36, 50, 57]);

/** More parts than any workbook of a person has. */
const MOST_PARTS = 2000;

/**
 * Reads the sheets of a workbook. Formulas are refused and never evaluated; the archive is unpacked piece by piece, and no
 * further than the limit, so that a small file cannot become a large one.
 * @throws SheetRefused
 */
export function readXlsxTables(bytes: Uint8Array, limits: ReadLimits): ReadTable[] {
  // Cut off on its way here: the list of an archive's parts stands at its end.
  if (!Buffer.from(bytes.subarray(-66_000)).includes("PK\u0005\u0006")) throw notAWorkbook();
  const parts = { workbook: "", relations: "", styles: "", strings: "" };
  const names: Record<string, keyof typeof parts> = {
    "xl/workbook.xml": "workbook",
    "xl/_rels/workbook.xml.rels": "relations",
    "xl/styles.xml": "styles",
    "xl/sharedStrings.xml": "strings",
  };
  const texts = new Map<keyof typeof parts, string[]>();
  unpack(bytes, limits, (name) => {
    const part = names[name];
    if (part === undefined) return null;
    const pieces: string[] = [];
    texts.set(part, pieces);
    return (text) => void pieces.push(text);
  });
  for (const [part, pieces] of texts) parts[part] = pieces.join("");
  if (parts.workbook === "") throw notAWorkbook();
  const strings = readStrings(parts.strings);
  const { sheets, is1904 } = readWorkbook(parts.workbook, parts.relations);
  const dayStyles = readDayStyles(parts.styles);
  const readers = new Map<string, SheetReader>();
  unpack(bytes, limits, (name) => {
    const sheet = sheets.find(({ path }) => path === name);
    if (!sheet) return null;
    const reader = new SheetReader(sheet.name, { strings, dayStyles, is1904 }, limits);
    readers.set(name, reader);
    return (text) => reader.write(text);
  });
  return sheets.flatMap(({ path }) => readers.get(path)?.table ?? []);
}

/** Hands the parts that are wanted on as text; stops as soon as there is more than may be. */
function unpack(
  bytes: Uint8Array,
  limits: ReadLimits,
  wanted: (name: string) => ((text: string) => void) | null,
): void {
  let inflated = 0;
  let count = 0;
  const failed = (error: unknown) => {
    throw error instanceof SheetRefused ? error : notAWorkbook();
  };
  const unzip = new Unzip((file) => {
    count += 1;
    if (count > MOST_PARTS) throw bomb();
    const take = wanted(file.name);
    if (!take) return;
    const decoder = new TextDecoder("utf-8");
    file.ondata = (error, chunk, isLast) => {
      if (error) failed(error);
      inflated += chunk.length;
      if (inflated > limits.inflatedBytes) throw bomb();
      take(decoder.decode(chunk, { stream: !isLast }));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    const step = 64 * 1024;
    for (let at = 0; at < bytes.length; at += step)
      unzip.push(bytes.subarray(at, at + step), at + step >= bytes.length);
  } catch (error) {
    failed(error);
  }
}

const bomb = () =>
  new SheetRefused(
    "ZIP_BOMB",
    "Tệp nén phình ra quá lớn khi mở; không đọc.",
    "The file grows far too large when it is unpacked; it is not read.",
  );

export const notAWorkbook = () =>
  new SheetRefused(
    "NOT_A_WORKBOOK",
    "Tệp không phải bảng tính .xlsx; hãy lưu lại dạng .xlsx hoặc CSV.",
    "The file is no .xlsx workbook; save it as .xlsx or CSV.",
  );

type XmlParser = SaxesParser<{ xmlns: false; position: false }>;

interface XmlListeners {
  open?: (name: string, attributes: Record<string, string>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}

/** A parser that knows no document types, and so expands nothing but the five entities of XML. */
function xmlParser({ open, text, close }: XmlListeners): XmlParser {
  const parser: XmlParser = new SaxesParser({ xmlns: false, position: false });
  const local = (name: string) => name.slice(name.indexOf(":") + 1);
  parser.on("doctype", () => {
    throw notAWorkbook();
  });
  parser.on("error", () => {
    throw notAWorkbook();
  });
  parser.on("opentag", ({ name, attributes }) => open?.(local(name), attributes));
  parser.on("text", (said) => text?.(said));
  parser.on("closetag", ({ name }) => close?.(local(name)));
  return parser;
}

function readWhole(xml: string, listeners: XmlListeners): void {
  if (xml !== "") xmlParser(listeners).write(xml).close();
}

function readStrings(xml: string): string[] {
  const strings: string[] = [];
  let [current, inText, inPhonetic] = ["", false, false];
  readWhole(xml, {
    open: (name) => {
      if (name === "si") current = "";
      if (name === "t") inText = true;
      if (name === "rPh") inPhonetic = true;
    },
    text: (text) => {
      if (inText && !inPhonetic) current += text;
    },
    close: (name) => {
      if (name === "t") inText = false;
      if (name === "rPh") inPhonetic = false;
      if (name === "si") strings.push(current);
    },
  });
  return strings;
}

function readWorkbook(workbook: string, relations: string) {
  const targets = new Map<string, string>();
  readWhole(relations, {
    open: (name, { Id, Target }) => {
      if (name === "Relationship" && Id && Target)
        targets.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`);
    },
  });
  const sheets: { name: string; path: string }[] = [];
  let is1904 = false;
  readWhole(workbook, {
    open: (tag, attributes) => {
      if (tag === "workbookPr") is1904 = /^(1|true)$/u.test(attributes.date1904 ?? "");
      const path = tag === "sheet" ? targets.get(attributes["r:id"] ?? "") : undefined;
      if (path !== undefined) sheets.push({ name: attributes.name ?? "", path });
    },
  });
  return { sheets, is1904 };
}

/** Indexes of the cell styles that show numbers as days. */
function readDayStyles(styles: string): Set<number> {
  const ownFormats = new Set<number>();
  const dayStyles = new Set<number>();
  let [inStyles, index] = [false, 0];
  readWhole(styles, {
    open: (name, { numFmtId, formatCode = "" }) => {
      const bare = formatCode.replace(/"[^"]*"|\[[^\]]*\]|\\./gu, "");
      if (name === "numFmt" && /[dy]/iu.test(bare)) ownFormats.add(Number(numFmtId));
      if (name === "cellXfs") inStyles = true;
      if (name !== "xf" || !inStyles) return;
      const format = Number(numFmtId);
      if (DAY_FORMATS.has(format) || ownFormats.has(format)) dayStyles.add(index);
      index += 1;
    },
    close: (name) => {
      if (name === "cellXfs") inStyles = false;
    },
  });
  return dayStyles;
}

interface WorkbookParts {
  strings: readonly string[];
  dayStyles: ReadonlySet<number>;
  is1904: boolean;
}

/** One sheet's rows, as its XML comes in. */
class SheetReader {
  readonly table: ReadTable & { rows: ReadRow[] };
  private readonly parser: XmlParser;
  private row: ReadRow = { line: 0, cells: [] };
  private cell = { column: 0, type: "n", style: -1, text: "" };
  private inValue = false;

  constructor(
    name: string,
    private readonly parts: WorkbookParts,
    private readonly limits: ReadLimits,
  ) {
    this.table = { name, rows: [], merges: [] };
    this.parser = xmlParser({
      open: (tag, attributes) => this.open(tag, attributes),
      text: (text) => {
        if (this.inValue) this.cell.text += text;
      },
      close: (tag) => this.close(tag),
    });
  }

  write(text: string): void {
    this.parser.write(text);
  }

  private open(tag: string, { r, t, s, ref }: Record<string, string>): void {
    if (tag === "row") {
      this.row = { line: r === undefined ? this.row.line + 1 : Number(r), cells: [] };
      if (this.table.rows.length >= this.limits.rows + 50) throw tooManyRows(this.limits);
    } else if (tag === "c") {
      const column = r === undefined ? this.row.cells.length : columnOf(r);
      // Past Excel's last column: an address made up to eat memory.
      if (column >= 16_384) throw bomb();
      this.cell = { column, type: t ?? "n", style: Number(s ?? -1), text: "" };
    } else if (tag === "f") {
      const at = `${columnLetter(this.cell.column)}${this.row.line}`;
      throw new SheetRefused(
        "FORMULA",
        `Trang “${this.table.name}”, ô ${at} là công thức; hãy dán dưới dạng giá trị rồi gửi lại.`,
        `Sheet “${this.table.name}”, cell ${at} is a formula; paste its value and send it again.`,
      );
    } else if (tag === "v" || tag === "t") {
      this.inValue = true;
    } else if (tag === "mergeCell" && ref !== undefined) {
      const [from = "A1", to = from] = ref.split(":");
      this.table.merges.push({
        fromLine: lineOf(from),
        toLine: lineOf(to),
        fromColumn: columnOf(from),
        toColumn: columnOf(to),
      });
    }
  }

  private close(tag: string): void {
    if (tag === "v" || tag === "t") this.inValue = false;
    if (tag === "c") {
      const value = this.value();
      if (value === null) return;
      while (this.row.cells.length < this.cell.column) this.row.cells.push(null);
      this.row.cells[this.cell.column] = value;
    }
    if (tag === "row" && this.row.cells.some((cell) => cell !== null))
      this.table.rows.push(this.row);
  }

  private value(): CellValue {
    const { type, text, style } = this.cell;
    if (text === "") return null;
    const { strings, dayStyles, is1904 } = this.parts;
    if (type === "s") return blankAsNull(strings[Number(text)] ?? "");
    if (type === "b") return text === "1";
    if (type === "n") {
      const number = Number(text);
      return dayStyles.has(style) ? dayOf(number, is1904) : number;
    }
    return blankAsNull(text);
  }
}

const blankAsNull = (text: string) => {
  const trimmed = text.normalize("NFC").trim();
  return trimmed === "" ? null : trimmed;
};

/** Excel's days are counted from 1900, with a 29 February that never was, or from 1904. */
function dayOf(serial: number, is1904: boolean): string {
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  return new Date(epoch + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10);
}

function columnOf(address: string): number {
  let column = 0;
  for (const letter of address) {
    const value = letter.charCodeAt(0) - 64;
    if (value < 1 || value > 26) break;
    column = column * 26 + value;
  }
  return column - 1;
}

const lineOf = (address: string) => Number(address.replace(/^[A-Z]+/u, ""));
