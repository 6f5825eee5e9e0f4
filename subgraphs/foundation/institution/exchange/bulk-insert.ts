import type { EntityManager } from "typeorm";

/** Few enough for every engine's limit on parameters. */
const ROWS_AT_ONCE = 500;

/**
 * Inserts many rows of one record, given by its properties, in as few statements as the engines allow. Rows are made when
 * their turn comes, so that only a few of them are in memory; `tell` hears how many are in.
 */
export async function bulkInsert<Item>(
  manager: EntityManager,
  record: new () => object,
  items: readonly Item[],
  rowOf: (item: Item) => Readonly<Record<string, unknown>>,
  tell: (inserted: number) => void = () => undefined,
): Promise<void> {
  const { driver } = manager.dataSource;
  const { columns, tableName } = manager.dataSource.getMetadata(record);
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) {
    const rows = items.slice(start, start + ROWS_AT_ONCE).map(rowOf);
    const filled = columns.filter(({ propertyName }) =>
      rows.some((row) => row[propertyName] !== null && row[propertyName] !== undefined),
    );
    const parameters: unknown[] = [];
    for (const row of rows) {
      for (const column of filled) {
        const value = row[column.propertyName] ?? null;
        // Text and numbers are kept by every engine as they are.
        const isPlain = value === null || typeof value === "string" || typeof value === "number";
        parameters.push(isPlain ? value : driver.preparePersistentValue(value, column));
      }
    }
    const names = filled.map(({ databaseName }) => driver.escape(databaseName)).join(", ");
    const marks = `(${filled.map(() => "?").join(", ")})`;
    await manager.query(
      `INSERT INTO ${driver.escape(tableName)} (${names}) VALUES ${rows.map(() => marks).join(", ")}`,
      parameters,
    );
    tell(start + rows.length);
  }
}
