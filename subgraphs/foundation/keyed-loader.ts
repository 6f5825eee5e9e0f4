import DataLoader from "dataloader";

type Fetch<Row> = (keys: readonly string[]) => Promise<Row[]>;
type KeyOf<Row> = (row: Row) => string;

/** Keys of one statement at the most: far below every engine's limit on parameters. */
const MAX_BATCH = 500;

/** The one row of each key, or null. */
export function oneByKey<Row>(
  fetch: Fetch<Row>,
  keyOf: KeyOf<Row>,
): DataLoader<string, Row | null> {
  return new DataLoader(
    async (keys) => {
      const rows = new Map((await fetch(keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key) ?? null);
    },
    { maxBatchSize: MAX_BATCH },
  );
}

/** All rows of each key, in the order in which they were fetched. */
export function manyByKey<Row>(fetch: Fetch<Row>, keyOf: KeyOf<Row>): DataLoader<string, Row[]> {
  return new DataLoader(
    async (keys) => {
      const rows = new Map<string, Row[]>(keys.map((key) => [key, []]));
      for (const row of await fetch(keys)) rows.get(keyOf(row))?.push(row);
      return keys.map((key) => rows.get(key) ?? []);
    },
    { maxBatchSize: MAX_BATCH },
  );
}
