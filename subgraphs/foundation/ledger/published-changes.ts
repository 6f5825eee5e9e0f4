import { DatabaseUnavailable, type Database } from "../database";
import type { EntityManager } from "typeorm";
import { AuditEntryRecord, LedgerHeadRecord } from "./ledger.record";

/** What became public, or was taken back. `ANYTHING`: no more is told, and any figure of the owner may be another. */
export type PublishedKind = "REPORT" | "RULING" | "SEAL" | "DUTY" | "INSTITUTION" | "ANYTHING";

export interface PublishedChange {
  /** Of the ledger's entry; of a protected owner's, its place among those that are told of. */
  sequence: number;
  /** When it was written, in UTC. */
  at: string;
  kind: PublishedKind;
  /** Null: not of one year. */
  year: number | null;
}

export interface PublishedOfOwner {
  /** The last entry when this was read, numbered as the changes are; nothing up to it is missing, unless `changes` is as long as may be. */
  head: number;
  /** In the ledger's order. */
  changes: PublishedChange[];
}

/** By name of the owner's database; null: the owner does not answer. */
export type PublishedChanges = Readonly<Record<string, PublishedOfOwner | null>>;

/** What a subgraph knows of the entries in its owners' ledgers. */
export interface Publishing {
  /** Names of databases of which nobody is told more than that something changed, not even how much else was written. */
  protectedOwners: ReadonlySet<string>;
  /** The years of reports, by their ids. */
  reportYears: (manager: EntityManager, ids: readonly string[]) => Promise<Map<string, number>>;
}

/** No more is read at one time; whoever needs more asks again from where this ended. */
export const MOST_CHANGES = 200;

const KINDS: Readonly<Record<string, PublishedKind>> = {
  APPROVE_REPORT: "REPORT",
  RECORD_RULING: "RULING",
  SEAL_REPORT: "SEAL",
  REPORT_DUTY_PROGRESS: "DUTY",
  REGISTER_INSTITUTION: "INSTITUTION",
  CORRECT_INSTITUTION: "INSTITUTION",
  MOVE_INSTITUTION: "INSTITUTION",
  RECLASSIFY_INSTITUTION: "INSTITUTION",
  CLOSE_INSTITUTION: "INSTITUTION",
  MERGE_INSTITUTION: "INSTITUTION",
  RECEIVE_INSTITUTIONS: "INSTITUTION",
  RESTORE: "ANYTHING",
};

/**
 * Reads from each owner's ledger what was published after a sequence number; of an owner without one, where its ledger ends.
 * Drafts, submissions and returns are no publication.
 */
export async function readPublished(
  databases: readonly Database[],
  after: Readonly<Record<string, number>>,
  publishing: Publishing | undefined,
): Promise<PublishedChanges> {
  const all = await Promise.all(
    databases.map(
      async (database) =>
        [database.name, await ofOwner(database, after[database.name], publishing)] as const,
    ),
  );
  return Object.fromEntries(all);
}

async function ofOwner(
  database: Database,
  after: number | undefined,
  publishing: Publishing | undefined,
): Promise<PublishedOfOwner | null> {
  try {
    const isProtected = publishing?.protectedOwners.has(database.name) === true;
    return await database.read(async (manager) => {
      if (isProtected) return ofProtectedOwner(manager, after);
      const { sequence: head } = await manager.findOneByOrFail(LedgerHeadRecord, { id: 1 });
      if (after === undefined || after >= head) return { head, changes: [] };
      const entries = await manager
        .createQueryBuilder(AuditEntryRecord, "e")
        .where("e.sequence > :after AND e.sequence <= :head", { after, head })
        .andWhere("e.action IN (:...actions)", { actions: Object.keys(KINDS) })
        .orderBy("e.sequence", "ASC")
        .limit(MOST_CHANGES)
        .getMany();
      return { head, changes: await changesIn(manager, entries, publishing) };
    });
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return null;
    throw error;
  }
}

/** Numbered by themselves: gaps between the ledger's own numbers would tell of drafts, and its end how much is written. */
async function ofProtectedOwner(
  manager: EntityManager,
  after: number | undefined,
): Promise<PublishedOfOwner> {
  const told = manager
    .createQueryBuilder(AuditEntryRecord, "e")
    .where("e.action IN (:...actions)", { actions: Object.keys(KINDS) });
  const head = await told.getCount();
  if (after === undefined || after >= head) return { head, changes: [] };
  const entries = await told
    .orderBy("e.sequence", "ASC")
    .offset(after)
    // What has come since is beyond the head.
    .limit(Math.min(MOST_CHANGES, head - after))
    .getMany();
  const changes = entries.map(({ at }, index) => ({
    sequence: after + index + 1,
    at,
    kind: "ANYTHING" as const,
    year: null,
  }));
  return { head, changes };
}

async function changesIn(
  manager: EntityManager,
  entries: readonly AuditEntryRecord[],
  publishing: Publishing | undefined,
): Promise<PublishedChange[]> {
  const reports = entries.filter(({ action }) => KINDS[action] === "REPORT");
  const ids = reports.map(({ recordId }) => recordId);
  const years = (ids.length > 0 && (await publishing?.reportYears(manager, ids))) || undefined;
  return entries.filter(isPublication).map(({ sequence, at, action, recordId }) => {
    const sealed = /^sealed-report:(\d+)$/u.exec(recordId)?.[1];
    const year = years?.get(recordId) ?? (sealed === undefined ? null : Number(sealed));
    return { sequence, at, kind: KINDS[action]!, year };
  });
}

/** Sealing is told of once it is done. */
function isPublication({ action, changes }: AuditEntryRecord): boolean {
  if (action !== "SEAL_REPORT") return true;
  const told = JSON.parse(changes) as readonly { field: string; to: unknown }[];
  return told.some(({ field, to }) => field === "state" && to === "SEALED");
}
