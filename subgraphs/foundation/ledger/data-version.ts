import { createHmac, randomBytes } from "node:crypto";
import { DatabaseUnavailable, type Database } from "../database";
import { LedgerHeadRecord } from "./ledger.record";

/** By name of the owner's database, a text that is another after every write; null: not known, the owner does not answer. */
export type DataVersions = Readonly<Record<string, string | null>>;

/**
 * What was loaded while nothing was served (reference, demonstration) is not in the ledger: a new process, a new version. And
 * how much is written of protected data is nobody's to know, so that what a version is made from cannot be read from it.
 */
const PROCESS = randomBytes(32);

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
    const text = `${database.name} ${head.sequence} ${head.hash}`;
    return createHmac("sha256", PROCESS).update(text).digest("base64url").slice(0, 22);
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return null;
    throw error;
  }
}
