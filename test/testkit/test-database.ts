import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";

export interface TestDatabase {
  /** Set on a server (`TEST_DATABASE=mysql`): the fresh, empty database's own URL. */
  url?: string;
  /** Where the embedded database goes; nothing stands there yet. */
  file: string;
  drop: () => Promise<void>;
}

/** A database that nobody else uses, on the engine that this run of the suite is about. */
export async function createTestDatabase(name: string): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), `hub-${name.replace(/[^a-z0-9-]+/gu, "-")}-`));
  const file = join(folder, "test.sqlite");
  const dropFolder = () => rm(folder, { recursive: true, force: true });
  if (process.env.TEST_DATABASE !== "mysql") return { file, drop: dropFolder };
  const server = process.env.TEST_MYSQL_URL ?? "mysql://root@127.0.0.1:3306";
  const database = `hub_test_${randomBytes(8).toString("hex")}`;
  await run(server, `CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  return {
    url: withDatabase(server, database),
    file,
    drop: async () => {
      await run(server, `DROP DATABASE IF EXISTS ${database}`);
      await dropFolder();
    },
  };
}

async function run(server: string, sql: string): Promise<void> {
  const connection = await createConnection(server);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

function withDatabase(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
