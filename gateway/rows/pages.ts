import type { GraphQLFormattedError } from "graphql";
import type { DocumentAnswer } from "../ask-document";
import { rowsOf, valueAt, type Row } from "./flatten";
import type { Table } from "./table";

/** The rows of one answer of a document, and what is missing from it. */
export interface Page {
  rows: Row[];
  missing: readonly Missing[];
  /** The variables that brought it. */
  asked: Readonly<Record<string, unknown>>;
}

/** What a table lacks: an error in its way, sectors that left out their part of a list, or pages that nobody can ask for. */
export type Missing =
  | { error: GraphQLFormattedError }
  | { sectors: readonly string[]; list: string }
  | { endless: string };

type Ask = (variables: Readonly<Record<string, unknown>>) => Promise<DocumentAnswer>;

/**
 * Every page of a table's rows, one after the other; the next is asked for while the one before is written. Ends after the
 * last, or after one from which the way to the next is missing.
 */
export async function* pagesOf(
  table: Table,
  variables: Readonly<Record<string, unknown>>,
  ask: Ask,
): AsyncGenerator<Page> {
  // The next page is not waited for as long as nobody reads on; what it fails with is told when somebody does.
  const begin = (given: Readonly<Record<string, unknown>>) => {
    const asked = ask(given);
    asked.catch(() => {});
    return asked;
  };
  let given = variables;
  let asked: Promise<DocumentAnswer> | undefined = begin(given);
  while (asked) {
    const { next, ...page } = readPage(table, await asked);
    const told = { ...page, asked: given };
    given = { ...variables, ...next };
    asked = next && begin(given);
    yield told;
  }
}

function readPage(
  table: Table,
  { data = null, errors = [] }: DocumentAnswer,
): Omit<Page, "asked"> & { next: Readonly<Record<string, string>> | undefined } {
  const missing: Missing[] = errors
    .filter((error) => concerns(table, error))
    .map((error) => ({ error }));
  let next: Record<string, string> | undefined;
  const rows = [
    ...rowsOf(table, data, (connection, parent) => {
      const { after, endCursor, hasNextPage, missingSectors } = connection;
      const sectors = missingSectors && valueAt(parent, missingSectors);
      if (Array.isArray(sectors) && sectors.length > 0)
        missing.push({ sectors: sectors as string[], list: connection.path });
      const cursor = endCursor && valueAt(parent, endCursor);
      if (hasNextPage === undefined || valueAt(parent, hasNextPage) !== true) return;
      if (after !== undefined && typeof cursor === "string") next = { ...next, [after]: cursor };
      else missing.push({ endless: connection.path });
    }),
  ];
  return { rows, missing, next };
}

/** Whether an error stands on the way to the table's rows, or in one of its cells: what lies beside them is not its trouble. */
function concerns({ parts }: Table, { path }: GraphQLFormattedError): boolean {
  if (path === undefined) return true;
  const place = `${path.filter((key) => typeof key === "string").join(".")}.`;
  const isUnder = (leaf: string) => `${leaf}.`.startsWith(place) || place.startsWith(`${leaf}.`);
  return parts.some(({ list, leaves }) => `${list}.`.startsWith(place) || leaves.some(isUnder));
}
