import { randomUUID } from "node:crypto";
import { DatabaseUnavailable, type Database } from "../database";
import { LedgerHeadRecord } from "./ledger.record";

/** By name of the owner's database, a text that is another after every write; null: not known, the owner does not answer. */
export type DataVersions = Readonly<Record<string, string | null>>;

/** What was loaded while nothing was served (reference, demonstration) is not in the ledger: a new process, a new version. */
const PROCESS = randomUUID().slice(0, 8);

/** Reads how far each ledger has come: every write of every process is an entry there before it is acknowledged. */
export async function readDataVersions(databases: readonly Database[]): Promise<DataVersions> {
  const versions = await Promise.all(
    databases.map(async (database) => [database.name, await versionOf(database)] as const),
  );
  return Object.fromEntries(versions);
}

async function versionOf(database: Database): Promise<string | null> {
  try {
    const head = await database.read((manager) =>
      manager.findOneByOrFail(LedgerHeadRecord, { id: 1 }),
    );
    // A database that was put back to a backup gives the same numbers again, to other writes.
    return `${PROCESS}.${head.sequence}.${head.hash.slice(0, 16)}`;
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return null;
    throw error;
  }
}
