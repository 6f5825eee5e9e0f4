import { badInput } from "./faults";

export const MAX_PAGE = 100;

/** Where a page begins: after the row with this sort key and id. */
export interface Position {
  sortKey: string;
  id: string;
}

export interface PageRequest {
  first: number;
  after: Position | null;
}

export interface PageAnswer<Row> {
  rows: Row[];
  hasNextPage: boolean;
}

/** @throws BAD_USER_INPUT when `first` is not 0 to 100 or `after` is not a cursor that we issued. */
export function readPage({ first, after }: { first: number; after?: string | null }): PageRequest {
  if (!Number.isInteger(first) || first < 0 || first > MAX_PAGE) {
    throw badInput(
      `\`first\` phải từ 0 đến ${MAX_PAGE}, đã nhận ${first}.`,
      `\`first\` must be between 0 and ${MAX_PAGE}; got ${first}.`,
    );
  }
  return { first, after: after == null ? null : readCursor(after) };
}

export function cursorOf({ sortKey, id }: Position): string {
  return Buffer.from(JSON.stringify([sortKey, id])).toString("base64url");
}

function readCursor(cursor: string): Position {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const [sortKey, id, ...rest] = Array.isArray(read) ? (read as unknown[]) : [];
    if (typeof sortKey === "string" && typeof id === "string" && rest.length === 0)
      return { sortKey, id };
  } catch {
    // Falls through to the one refusal below.
  }
  throw badInput(
    "`after` không phải là con trỏ do hệ thống cấp; hãy dùng `pageInfo.endCursor` của trang trước.",
    "`after` is not a cursor issued by the hub; use `pageInfo.endCursor` of the page before.",
  );
}

/** Binary order on every engine: the same comparison as SQL's on utf8mb4_bin and SQLite's BINARY. */
export function comparePositions(a: Position, b: Position): number {
  return compareBinary(a.sortKey, b.sortKey) || compareBinary(a.id, b.id);
}

function compareBinary(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The first rows of several sorted lists taken together; `hasNextPage` when any row was left over. */
export function mergePages<Row>(
  lists: Iterable<Row[]>,
  positionOf: (row: Row) => Position,
  first: number,
): PageAnswer<Row> {
  const rows = [...lists].flat().sort((a, b) => comparePositions(positionOf(a), positionOf(b)));
  return { rows: rows.slice(0, first), hasNextPage: rows.length > first };
}

/** Relay's connection, without the count, which is a field of its own and paid for only when asked. */
export function connectionOf<Row>(page: PageAnswer<Row>, positionOf: (row: Row) => Position) {
  const edges = page.rows.map((node) => ({ node, cursor: cursorOf(positionOf(node)) }));
  return {
    edges,
    nodes: page.rows,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
