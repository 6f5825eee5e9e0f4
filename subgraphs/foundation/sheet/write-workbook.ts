import writeXlsxFile, { type Cell, type SheetData } from "write-excel-file/node";
import { safeText } from "../../../sheet/safe-text";
import type { SheetColumn } from "./columns";
import { columnLetter, type ReadTable, type SheetProblem } from "./sheet-problem";
import { cellText } from "./write-csv";

export interface SheetToWrite {
  name: string;
  columns: readonly SheetColumn[];
  rows: readonly Readonly<Record<string, unknown>>[];
  /** How many columns stay in sight however far one goes to the right; none when left out. */
  stickyColumns?: number;
}

type WorkbookOptions = NonNullable<Parameters<typeof writeXlsxFile>[1]>;
type CellObject = Extract<Cell, { value?: unknown }>;
type Feature = NonNullable<WorkbookOptions["features"]>[number];

/** The sheet that says what a workbook was made for; it is read again with the workbook. */
export const ABOUT = "Thông tin";
/** The sheet that explains the columns. */
export const EXPLANATIONS = "Giải thích";
const HEAD = { fontWeight: "bold", backgroundColor: "#DCE6F1", wrap: true } as const;
/** What is only to be looked at stands back, so that nobody writes into it by mistake. */
const REFERENCE = { backgroundColor: "#EDEDED", textColor: "#6B6B6B" } as const;
/** Rows for which drop-downs are offered, beyond those that are filled. */
const SPARE_ROWS = 500;

/**
 * A workbook: each sheet with a bold header that stays in sight and drop-downs where there is a choice, then a sheet that
 * explains every column in both languages, then one that says what the workbook is for.
 */
export async function writeWorkbook(
  sheets: readonly SheetToWrite[],
  about: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const explained = new Map(
    sheets.flatMap(({ columns }) => columns.map((column) => [column.key, column])),
  );
  const choices = sheets.map(({ columns, rows }) => dropDowns(columns, rows.length + SPARE_ROWS));
  return writeXlsxFile(
    [
      ...sheets.map(({ name, columns, rows, stickyColumns }) => ({
        sheet: name,
        data: [
          columns.map(({ labels, required, isReference }) => ({
            ...HEAD,
            ...(isReference && REFERENCE),
            value: required ? `${labels.vi} *` : labels.vi,
          })),
          ...rows.map((row) =>
            columns.map(({ key, kind, isReference }) =>
              isReference ? { ...cellOf(row[key], kind), ...REFERENCE } : cellOf(row[key], kind),
            ),
          ),
        ] as SheetData,
        columns: columns.map(({ labels, kind }) => ({
          width: kind === "TEXT" ? 32 : Math.max(12, Math.min(28, labels.vi.length + 2)),
        })),
        stickyRowsCount: 1,
        ...(stickyColumns !== undefined && { stickyColumnsCount: stickyColumns }),
      })),
      {
        sheet: EXPLANATIONS,
        data: [
          ["Cột", "Ý nghĩa", "Column", "Meaning", "Ví dụ / Example"].map((value) => ({
            ...HEAD,
            value,
          })),
          ...[...explained.values()].map(({ labels, explanation, example }) =>
            [labels.vi, explanation.vi, labels.en, explanation.en, safeText(example)].map(
              (value) => ({
                value,
                wrap: true,
              }),
            ),
          ),
        ] as SheetData,
        columns: [{ width: 28 }, { width: 60 }, { width: 28 }, { width: 60 }, { width: 20 }],
      },
      {
        sheet: ABOUT,
        data: Object.entries(about).map(([key, value]) => [{ value: key }, { value }]),
        columns: [{ width: 20 }, { width: 60 }],
      },
    ],
    { features: [dataValidations(choices)] },
  ).toBuffer();
}

/** A copy of what was read, with each wrong cell in red and what is wrong with a row behind it. */
export async function markErrors(
  tables: readonly ReadTable[],
  problems: readonly SheetProblem[],
): Promise<Buffer> {
  return writeXlsxFile(
    tables.map((table) => {
      const own = problems.filter(
        ({ sheet, severity }) => sheet === table.name && severity === "ERROR",
      );
      let width = 1;
      for (const { cells } of table.rows) width = Math.max(width, cells.length);
      const byLine = new Map<number | null, SheetProblem[]>();
      for (const each of own) byLine.set(each.line, [...(byLine.get(each.line) ?? []), each]);
      const rows: Cell[][] = [];
      const general = byLine.get(null) ?? [];
      for (const row of table.rows) {
        while (rows.length < row.line - 1) rows.push([]);
        const wrong = byLine.get(row.line) ?? [];
        const cells: Cell[] = Array.from({ length: width }, (_, index) => {
          const value = row.cells[index] ?? null;
          const isWrong = wrong.some(({ column }) => column === columnLetter(index));
          const shown = typeof value === "string" ? safeText(value) : value;
          if (!isWrong) return shown === null ? null : { value: shown };
          return { value: shown ?? "", backgroundColor: "#FFC7CE", textColor: "#9C0006" };
        });
        const told = [...(rows.length === 0 ? general : []), ...wrong];
        if (told.length > 0) {
          cells.push({
            value: told
              .map(({ column, vi, en }) => `${column === null ? "" : `[${column}] `}${vi} / ${en}`)
              .join("\n"),
            wrap: true,
            textColor: "#9C0006",
          });
        }
        rows.push(cells);
      }
      return {
        sheet: table.name.replace(/[\\/?*[\]:]/gu, " ").slice(0, 31),
        data: rows,
        columns: [...Array.from({ length: width }, () => ({ width: 18 })), { width: 80 }],
      };
    }),
  ).toBuffer();
}

function cellOf(value: unknown, kind: SheetColumn["kind"]): CellObject | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return { value, type: Number };
  if (kind === "DAY" && typeof value === "string")
    return { value: new Date(`${value}T00:00:00Z`), type: Date, format: "dd/mm/yyyy" };
  return { value: safeText(cellText(value)), type: String };
}

interface DropDown {
  range: string;
  choices: string[];
}

function dropDowns(columns: readonly SheetColumn[], rows: number): DropDown[] {
  return columns.flatMap(({ kind, choices }, index) => {
    const offered =
      kind === "YES_NO" ? ["Có", "Không"] : (choices ?? []).map(({ labels }) => labels.vi);
    // Excel takes a list of at most 255 characters, parted by commas.
    const list = offered.map((choice) => choice.replaceAll(",", " "));
    if (list.length === 0 || list.join(",").length > 255) return [];
    const letter = columnLetter(index);
    return [{ range: `${letter}2:${letter}${rows + 1}`, choices: list }];
  });
}

/** Drop-downs of each sheet, where the standard wants them: behind the rows. */
function dataValidations(sheets: readonly (readonly DropDown[])[]): Feature {
  const escaped = (text: string) => text.replace(/[&<>"]/gu, (sign) => `&#${sign.charCodeAt(0)};`);
  const markup = (downs: readonly DropDown[]) =>
    downs
      .map(
        ({ range, choices }) =>
          `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${range}"><formula1>"${escaped(choices.join(","))}"</formula1></dataValidation>`,
      )
      .join("");
  return {
    files: {
      transform: {
        "xl/worksheets/sheet{id}.xml": {
          transform: (content, _options, { sheetIndex }) => {
            const downs = sheets[sheetIndex] ?? [];
            if (downs.length === 0) return content;
            const all = `<dataValidations count="${downs.length}">${markup(downs)}</dataValidations>`;
            return content.replace("</sheetData>", `</sheetData>${all}`);
          },
        },
      },
    },
  };
}
