import { Database } from "../../subgraphs/foundation/database";
import { vietnameseSortKey } from "../../subgraphs/foundation/vietnamese-text";
import { migrations as agencyTasks } from "../../subgraphs/agency-tasks/database/migrations";
import { migrations as culturalCentres } from "../../subgraphs/cultural-centres/database/migrations";
import { migrations as libraries } from "../../subgraphs/libraries/database/migrations";
import { migrations as museums } from "../../subgraphs/museums/database/migrations";
import { createTestDatabase } from "../testkit/test-database";

const isSorting = ({ name }: { name: string }) => /ShortNamesFirst\d{13}$/u.test(name);

it.each([
  ["library", libraries],
  ["museum", museums],
  ["cultural_centre", culturalCentres],
  ["administrative_unit", agencyTasks],
])("Keys of %s that were stored before are mended, and put back", async (table, all) => {
  const place = await createTestDatabase("sort-keys");
  const { url, file } = place;
  const open = (migrations: readonly (new () => never)[]) =>
    new Database({ name: "test/keys", url, file, records: [], migrations: [...migrations] });
  const keys = (database: Database) =>
    database.read((manager) => manager.query(`SELECT name_sort FROM ${table}`));
  const [sorting] = all.filter(isSorting) as unknown as (new () => never)[];
  const database = open([sorting!]);
  const key = vietnameseSortKey("Mường Tè");
  const old = key.replace("\t", "!");
  const before = open([]);
  await before.write((manager) =>
    manager.query(`CREATE TABLE ${table} (name_sort VARCHAR(400) NOT NULL)`),
  );
  await before.write((manager) => manager.query(`INSERT INTO ${table} VALUES (?)`, [old]));
  await before.close();

  await database.migrate();
  const mended = await keys(database);
  await database.revert();
  await database.close();
  const again = open([]);
  const reverted = await keys(again);
  await again.close();
  await place.drop();

  expect([mended, reverted]).toEqual([[{ name_sort: key }], [{ name_sort: old }]]);
});
