import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { language } from "../language/language";
import { partTexts } from "./parts.messages";

export interface Column<Row> {
  name: string;
  cell: (row: Row) => ComponentChildren;
  /** What the rows are sorted by; nulls stay last. Undefined: the column does not sort. */
  sortBy?: (row: Row) => string | number | null | undefined;
  /** Numbers stand to the right. */
  isNumber?: boolean;
}

interface Order {
  column: number;
  descending: boolean;
}

/**
 * A table with a caption, its first column heading the rows, sorted by its headings' buttons. On a narrow screen it scrolls by
 * itself, with the keyboard too.
 */
export function DataTable<Row>({
  caption,
  isHeaded = false,
  columns,
  rows,
  keyOf,
}: {
  caption: string;
  /** A heading above says the same: the caption is then only read out. */
  isHeaded?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}) {
  const [order, setOrder] = useState<Order | undefined>();
  const texts = partTexts();
  const sorted = order === undefined ? rows : inOrder(rows, columns[order.column]!, order);
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption class={isHeaded ? "unseen" : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, sortBy, isNumber }, column) => (
              <th
                key={name}
                scope="col"
                class={isNumber ? "number" : undefined}
                aria-sort={directionOf(order, column)}
              >
                {sortBy === undefined ? (
                  name
                ) : (
                  <button
                    type="button"
                    class="sort"
                    title={texts.sortBy(name)}
                    onClick={() => setOrder(next(order, column))}
                  >
                    {name}
                    <span aria-hidden="true">{ARROWS[directionOf(order, column) ?? "none"]}</span>
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ name, cell, isNumber }, column) =>
                column === 0 ? (
                  <th key={name} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={name} class={isNumber ? "number" : undefined}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p>{texts.nothing}</p>}
    </div>
  );
}

const ARROWS = { ascending: " ▲", descending: " ▼", none: " ↕" };

const directionOf = (order: Order | undefined, column: number) =>
  order?.column !== column ? undefined : order.descending ? "descending" : "ascending";

/** Up, then down, then as it was. */
function next(order: Order | undefined, column: number): Order | undefined {
  if (order?.column !== column) return { column, descending: false };
  return order.descending ? undefined : { column, descending: true };
}

function inOrder<Row>(
  rows: readonly Row[],
  { sortBy }: Column<Row>,
  { descending }: Order,
): readonly Row[] {
  const collator = new Intl.Collator(language.value, { numeric: true });
  const sign = descending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [left, right] = [sortBy?.(one), sortBy?.(other)];
    if (left == null || right == null) return Number(left == null) - Number(right == null);
    if (typeof left === "number" && typeof right === "number") return sign * (left - right);
    return sign * collator.compare(String(left), String(right));
  });
}
