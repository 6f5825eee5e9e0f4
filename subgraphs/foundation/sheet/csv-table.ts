import { CsvError, parse } from "csv-parse/sync";
import {
  SheetRefused,
  tooManyRows,
  type ReadLimits,
  type ReadRow,
  type ReadTable,
} from "./sheet-problem";

/** Rows of a text of separated values; the separator is the one that divides its first lines, outside quotes. */
export function readCsvTable(name: string, text: string, limits: ReadLimits): ReadTable {
  const delimiter = delimiterOf(text);
  const lines = text.includes('"')
    ? quotedLines(text, delimiter)
    : { [Symbol.iterator]: () => plainLines(text, delimiter) };
  const rows = { [Symbol.iterator]: () => rowsOf(lines, limits) };
  return { name, rows, merges: [] };
}

function* rowsOf(lines: Iterable<string[]>, limits: ReadLimits): Generator<ReadRow> {
  let [line, count] = [0, 0];
  for (const texts of lines) {
    line += 1;
    const cells: (string | null)[] = [];
    let isBlank = true;
    for (const text of texts) {
      const trimmed = text.trim();
      cells.push(trimmed === "" ? null : trimmed);
      if (trimmed !== "") isBlank = false;
    }
    if (isBlank) continue;
    count += 1;
    if (count > limits.rows + 50) throw tooManyRows(limits);
    yield { line, cells };
  }
}

function* plainLines(text: string, delimiter: string): Generator<string[]> {
  const ends = /\r\n|\n|\r/gu;
  let start = 0;
  for (let end = ends.exec(text); end; end = ends.exec(text)) {
    yield text.slice(start, end.index).split(delimiter);
    start = ends.lastIndex;
  }
  if (start < text.length) yield text.slice(start).split(delimiter);
}

function quotedLines(text: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new SheetRefused(
      "NOT_A_WORKBOOK",
      `Tệp CSV có dấu nháy không đóng, ở dòng ${String(error.lines)}.`,
      `The CSV has a quote that is never closed, at line ${String(error.lines)}.`,
    );
  }
}

/**
 * The separator that divides the first lines most evenly: text may hold many commas, but seldom as many in each line, and
 * least of all in the header.
 */
function delimiterOf(text: string): string {
  const head = text.slice(0, 20_000).replace(/"(?:[^"]|"")*"/gu, "");
  const lines = head.split(/\r\n|\n|\r/u).slice(0, 20);
  const judged = [";", "\t", ","].map((delimiter) => {
    const linesByCells = new Map<number, number>();
    for (const line of lines) {
      const cells = line.split(delimiter).length;
      if (cells > 1) linesByCells.set(cells, (linesByCells.get(cells) ?? 0) + 1);
    }
    const evenness = [...linesByCells].map(
      ([cells, count]) => cells * count * (count > 1 ? 100 : 1),
    );
    return { delimiter, evenness: Math.max(0, ...evenness) };
  });
  return judged.sort((a, b) => b.evenness - a.evenness)[0]!.delimiter;
}
