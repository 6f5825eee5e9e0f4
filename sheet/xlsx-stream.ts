import { Zip, ZipDeflate, strToU8 } from "fflate";
import { safeText } from "./safe-text";

/** What a cell holds: a number, yes or no, a day, or text; null is an empty cell. */
export type StreamedCell = number | boolean | string | null;

export interface StreamedSheet {
  name: string;
  header: readonly string[];
  /** Columns of days (`YYYY-MM-DD`), by their place: written as dates that sort and reckon. */
  days?: ReadonlySet<number>;
  rows: AsyncIterable<readonly (readonly StreamedCell[])[]>;
}

/** More than this does not fit into a sheet; the rest goes on in the next one, under the same header. */
const MAX_ROWS = 1_048_575;
/** A cell holds no more. */
const MAX_LETTERS = 32_767;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SHEET_HEAD = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
const SHEET_FOOT = "</sheetData></worksheet>";
/** Style 1: the header; style 2: a day. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** A workbook, piece by piece: however many rows there are, only those at hand are in memory. */
export async function* streamXlsx(sheets: readonly StreamedSheet[]): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  const taken = () => {
    const ready = pieces;
    pieces = [];
    return ready;
  };
  const open = (path: string) => {
    const entry = new ZipDeflate(path, { level: 3 });
    zip.add(entry);
    return entry;
  };
  const whole = (path: string, text: string) => open(path).push(strToU8(text), true);

  const names: string[] = [];
  for (const { name, header, days, rows } of sheets) {
    const letters = header.map((_, column) => columnLetters(column));
    let written = 0;
    let entry: ZipDeflate | undefined;
    const begin = () => {
      const at = names.push(written === 0 ? name : `${name} ${Math.floor(written / MAX_ROWS) + 1}`);
      entry = open(`xl/worksheets/sheet${at}.xml`);
      const cells = header.map((text, column) => textCell(`${letters[column]!}1`, text, ' s="1"'));
      entry.push(strToU8(`${SHEET_HEAD}<row r="1">${cells.join("")}</row>`));
    };
    begin();
    for await (const batch of rows) {
      let text = "";
      for (const row of batch) {
        if (written > 0 && written % MAX_ROWS === 0) {
          entry!.push(strToU8(text + SHEET_FOOT), true);
          text = "";
          begin();
        }
        text += rowXml((written % MAX_ROWS) + 2, row, letters, days);
        written += 1;
      }
      entry!.push(strToU8(text));
      yield* taken();
    }
    entry!.push(strToU8(SHEET_FOOT), true);
  }
  whole("xl/styles.xml", STYLES);
  whole("xl/workbook.xml", workbookXml(names));
  whole("xl/_rels/workbook.xml.rels", relationshipsXml(names));
  whole(
    "_rels/.rels",
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  whole("[Content_Types].xml", contentTypesXml(names));
  zip.end();
  yield* taken();
}

/** `A` to `Z`, `AA` and on. */
function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}

function rowXml(
  line: number,
  row: readonly StreamedCell[],
  letters: readonly string[],
  days: ReadonlySet<number> | undefined,
): string {
  let xml = `<row r="${line}">`;
  for (let at = 0; at < row.length; at += 1) {
    const cell = row[at]!;
    if (cell === null) continue;
    const place = `${letters[at]!}${line}`;
    if (typeof cell === "number") xml += `<c r="${place}"><v>${cell}</v></c>`;
    else if (typeof cell === "boolean") xml += `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
    else if (days?.has(at) && cell >= FIRST_DAY)
      xml += `<c r="${place}" s="2"><v>${serialOf(cell)}</v></c>`;
    else xml += textCell(place, cell, "");
  }
  return `${xml}</row>`;
}

/** Before March 1900 spreadsheets count days wrongly; such a day is written as text. */
const FIRST_DAY = "1900-03-01";

/** Days since the 30th of December 1899, as spreadsheets count them. */
const serialOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;

const textCell = (place: string, text: string, style: string): string =>
  `<c r="${place}" t="inlineStr"${style}><is><t xml:space="preserve">${escaped(safeText(text).slice(0, MAX_LETTERS))}</t></is></c>`;

/** What XML cannot hold is left out. */
const escaped = (text: string): string =>
  /[&<>"\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u.test(text)
    ? text
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, "")
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;")
    : text;

const workbookXml = (names: readonly string[]): string =>
  `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names
    .map(
      (name, at) =>
        `<sheet name="${escaped(sheetName(name))}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
    )
    .join("")}</sheets></workbook>`;

/** As spreadsheets let a sheet be called. */
const sheetName = (name: string): string => name.replace(/[\\/?*[\]:']/gu, " ").slice(0, 31);

const relationshipsXml = (names: readonly string[]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${names
    .map(
      (_, at) =>
        `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
    )
    .join(
      "",
    )}<Relationship Id="rId${names.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;

function contentTypesXml(names: readonly string[]): string {
  const base = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const sheets = names
    .map(
      (_, at) =>
        `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${base}.worksheet+xml"/>`,
    )
    .join("");
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${base}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${base}.styles+xml"/>${sheets}</Types>`;
}
