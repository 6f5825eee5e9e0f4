import type { Connection, Level, Table, TablePart } from "./table";

type Data = Readonly<Record<string, unknown>>;

/** A row's cells, in the order of the table's columns. */
export type Row = unknown[];

/** Told of each page of a list on the way to the rows. */
export type OnPage = (connection: Connection, parent: Data) => void;

/**
 * The rows of an answer: one for each element of the table's list, with what stands above it repeated. An object whose list
 * is empty has one row, in which the list's cells are null, so that no leaf is lost; unless it has nothing to tell itself.
 */
export function* rowsOf(table: Table, data: Data | null, onPage: OnPage): Generator<Row> {
  const width = table.columns.length;
  for (const part of table.parts) {
    const cells: Row = new Array<unknown>(width).fill(null);
    if (table.listColumn !== undefined) cells[table.listColumn] = part.list.split(".").at(-1);
    if (data) yield* rowsUnder(part, 0, data, cells, onPage);
  }
}

function* rowsUnder(
  part: TablePart,
  depth: number,
  value: Data,
  above: Row,
  onPage: OnPage,
): Generator<Row> {
  const level = part.levels[depth]!;
  const cells = above.slice();
  for (const { at, keys } of level.cells) cells[at] = valueAt(value, keys) ?? null;
  for (const connection of level.connections) onPage(connection, value);
  if (level.next === undefined) {
    yield cells;
    return;
  }
  const elements = valueAt(value, level.next);
  let isEmpty = true;
  for (const element of Array.isArray(elements) ? (elements.flat(8) as unknown[]) : []) {
    if (element === null || typeof element !== "object") continue;
    isEmpty = false;
    yield* rowsUnder(part, depth + 1, element as Data, cells, onPage);
  }
  if (isEmpty && saysAnything(part.levels, depth, cells)) yield cells;
}

const saysAnything = (levels: readonly Level[], depth: number, cells: Row): boolean =>
  levels.slice(0, depth + 1).some((level) => level.cells.some(({ at }) => isSaid(cells[at])));

const isSaid = (value: unknown): boolean =>
  value !== null && !(Array.isArray(value) && value.length === 0);

/** Undefined where the way is cut by a null. */
export function valueAt(value: unknown, keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Data)[key];
  }
  return found;
}
