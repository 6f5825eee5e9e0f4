import { readCsvTable } from "./csv-table";
import {
  LIMITS,
  SheetRefused,
  tooLarge,
  type ReadLimits,
  type ReadTable,
  type SheetProblem,
} from "./sheet-problem";
import { decodeText } from "./text-encoding";
import { notAWorkbook, readXlsxTables } from "./xlsx-table";

export interface ReadFile {
  tables: ReadTable[];
  /** What was found out about the file, such as an old encoding that was repaired. */
  notices: SheetProblem[];
}

/**
 * The tables of a workbook (.xlsx), or the one of a text of separated values, whatever the file is called.
 * @throws SheetRefused: one line that says why nothing of the file is read.
 */
export function readTables(
  bytes: Uint8Array,
  fileName: string,
  limits: ReadLimits = LIMITS,
): ReadFile {
  if (bytes.length > limits.bytes) throw tooLarge(bytes.length, limits.bytes);
  if (bytes.length === 0) throw new SheetRefused("EMPTY", "Tệp không có gì.", "The file is empty.");
  if (startsWith(bytes, "PK")) return { tables: readXlsxTables(bytes, limits), notices: [] };
  const kind = KINDS.find(({ marks }) => marks.some((mark) => startsWith(bytes, mark)));
  if (kind) {
    throw new SheetRefused(
      "NOT_A_WORKBOOK",
      `Tệp là ${kind.vi}, không phải bảng tính; hãy lưu lại dạng .xlsx hoặc CSV.`,
      `The file is ${kind.en} and no workbook; save it as .xlsx or CSV.`,
    );
  }
  if (/\.xlsx$/iu.test(fileName)) throw notAWorkbook();
  const { text, notice } = decodeText(bytes);
  const table = readCsvTable(fileName, text.replace(/^\ufeff/u, ""), limits);
  if (table.rows[Symbol.iterator]().next().done)
    throw new SheetRefused("EMPTY", "Tệp không có dòng nào.", "The file has no rows.");
  return {
    tables: [table],
    notices: notice
      ? [
          {
            severity: "NOTICE",
            code: "ENCODING",
            sheet: fileName,
            line: null,
            column: null,
            header: null,
            ...notice,
          },
        ]
      : [],
  };
}

/** What people send for a workbook that is none. */
const KINDS = [
  { marks: ["\xd0\xcf\x11\xe0"], vi: "Excel kiểu cũ (.xls)", en: "an old Excel file (.xls)" },
  { marks: ["%PDF"], vi: "PDF", en: "a PDF" },
  {
    marks: ["<html", "<!DOCTYPE", "<!doctype", "<HTML", "<table"],
    vi: "trang web (HTML)",
    en: "a web page (HTML)",
  },
  { marks: ["<?xml"], vi: "XML", en: "XML" },
  { marks: ["\x89PNG", "\xff\xd8\xff", "GIF8"], vi: "ảnh", en: "a picture" },
  { marks: ["{\\rtf"], vi: "văn bản RTF", en: "RTF" },
  { marks: ["Rar!", "7z\xbc\xaf"], vi: "tệp nén", en: "an archive" },
];

function startsWith(bytes: Uint8Array, mark: string): boolean {
  return [...mark].every((letter, index) => bytes[index] === letter.charCodeAt(0));
}
