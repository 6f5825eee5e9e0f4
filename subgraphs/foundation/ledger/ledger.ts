import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Role } from "../../../access/viewer";
import type { Database } from "../database";
import { problem, type Problem } from "../entry/problem";
import { AuditEntryRecord, LedgerHeadRecord, WriteReceiptRecord } from "./ledger.record";

/** Who writes: what the ledger keeps of a caller. */
export interface Author {
  agencyId: string;
  subject: string;
  role: Role;
}

/** What a caller asked to be done, once. */
export interface Command {
  /** `registerLibrary`: the same key for another mutation is another request. */
  name: string;
  idempotencyKey: string;
  /** Everything that was asked, as plain data. */
  request: unknown;
}

export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

/** What the ledger is told of one write. */
export interface Note {
  action: string;
  recordId: string;
  version: number | null;
  changes: readonly FieldChange[];
  reason?: string | null;
}

/** A write in progress: rows through the manager, and what the ledger shall say of them. */
export interface LedgerWrite {
  manager: EntityManager;
  at: Date;
  author: Author;
  /** The number under which the next note will be kept. */
  readonly nextSequence: number;
  /** The number under which the ledger will keep the note. */
  note(note: Note): number;
}

/** What a piece of work comes to: its answer, or everything that stands in its way; then nothing is written. */
export type Outcome<Answer> =
  { answer: Answer; problems?: undefined } | { answer?: undefined; problems: Problem[] };

/**
 * The writing side of one owner's database: rows, ledger entries and the receipt that makes a repeated request harmless are
 * written in one transaction, or none of them. Writers take turns, across processes too.
 */
export class Ledger {
  constructor(
    private readonly database: Database,
    private readonly clock: () => Date,
  ) {}

  /**
   * Does the work once for each key of an agency: asked again with the same key, it gives the answer that was given.
   * @throws DatabaseUnavailable when the owner cannot be reached; then nothing was written.
   */
  async write<Answer>(
    author: Author,
    command: Command,
    work: (write: LedgerWrite) => Promise<Outcome<Answer>>,
  ): Promise<Outcome<Answer>> {
    const wrongKey = keyProblem(command.idempotencyKey);
    if (wrongKey) return { problems: [wrongKey] };
    const requestHash = sha256(stableJson([command.name, command.request]));
    try {
      return await this.database.write(async (manager) => {
        const head = await lockHead(manager);
        const receipt = await manager.findOneBy(WriteReceiptRecord, {
          agencyId: author.agencyId,
          idempotencyKey: command.idempotencyKey,
        });
        if (receipt) return repeated<Answer>(receipt, requestHash);
        const at = this.clock();
        const entries: AuditEntryRecord[] = [];
        const note = (said: Note) => {
          entries.push(entryAfter(entries.at(-1) ?? head, said, author, at));
          return entries.at(-1)!.sequence;
        };
        const outcome = await work({
          manager,
          at,
          author,
          note,
          get nextSequence() {
            return (entries.at(-1) ?? head).sequence + 1;
          },
        });
        if (outcome.problems) throw new Refused(outcome.problems);
        await append(manager, entries);
        await manager.insert(WriteReceiptRecord, {
          agencyId: author.agencyId,
          idempotencyKey: command.idempotencyKey,
          requestHash,
          answer: JSON.stringify(outcome.answer),
          at: at.toISOString(),
        });
        // What was kept is what is answered, now and when the request is repeated.
        return { answer: JSON.parse(JSON.stringify(outcome.answer)) as Answer };
      });
    } catch (error) {
      if (error instanceof Refused) return { problems: error.problems };
      throw error;
    }
  }

  /** What the ledger says of records, latest first; `sequences` are entries about many records at once. */
  entriesOf(
    recordIds: readonly string[],
    sequences: readonly number[],
  ): Promise<AuditEntryRecord[]> {
    return this.database.read((manager) =>
      manager
        .createQueryBuilder(AuditEntryRecord, "e")
        .where("e.record_id IN (:...recordIds)", { recordIds: [...recordIds, ""] })
        .orWhere("e.sequence IN (:...sequences)", { sequences: [...sequences, 0] })
        .orderBy("e.sequence", "DESC")
        .getMany(),
    );
  }
}

/** What differs between two states of a record, by the schema's names of fields. */
export function changesBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldChange[] {
  return Object.keys(after)
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}

/** Rolls a transaction back: what was asked cannot be done. */
class Refused extends Error {
  constructor(readonly problems: Problem[]) {
    super("refused");
  }
}

/** The first statement of a write is one that only one writer at a time can do, on every engine. */
async function lockHead(manager: EntityManager): Promise<LedgerHeadRecord> {
  await manager.query("UPDATE ledger_head SET sequence = sequence + 0 WHERE id = 1");
  return manager.findOneByOrFail(LedgerHeadRecord, { id: 1 });
}

async function append(manager: EntityManager, entries: readonly AuditEntryRecord[]): Promise<void> {
  if (entries.length === 0) return;
  await manager.insert(AuditEntryRecord, [...entries]);
  const { sequence, hash } = entries.at(-1)!;
  await manager.update(LedgerHeadRecord, { id: 1 }, { sequence, hash });
}

function entryAfter(
  before: { sequence: number; hash: string },
  { action, recordId, version, changes, reason }: Note,
  { agencyId, subject, role }: Author,
  at: Date,
): AuditEntryRecord {
  const entry = Object.assign(new AuditEntryRecord(), {
    sequence: before.sequence + 1,
    at: at.toISOString(),
    agencyId,
    subject,
    role,
    action,
    recordId,
    version,
    changes: JSON.stringify(changes),
    reason: reason ?? null,
    previousHash: before.hash,
  });
  return Object.assign(entry, { hash: hashOf(entry) });
}

/** SHA-256 over everything that an entry says, and over the hash of the one before it. */
export function hashOf(entry: Omit<AuditEntryRecord, "hash">): string {
  return sha256(
    JSON.stringify([
      entry.sequence,
      entry.at,
      entry.agencyId,
      entry.subject,
      entry.role,
      entry.action,
      entry.recordId,
      entry.version,
      entry.changes,
      entry.reason,
      entry.previousHash,
    ]),
  );
}

function repeated<Answer>(
  { requestHash, answer }: WriteReceiptRecord,
  askedHash: string,
): Outcome<Answer> {
  if (requestHash === askedHash) return { answer: JSON.parse(answer) as Answer };
  return {
    problems: [
      problem(
        "IDEMPOTENCY_KEY_REUSED",
        ["input", "idempotencyKey"],
        [
          "Khóa chống lặp này đã dùng cho một yêu cầu khác; hãy chọn khóa mới cho yêu cầu mới.",
          "This idempotency key was used for another request; choose a new one for a new request.",
        ],
      ),
    ],
  };
}

function keyProblem(key: string): Problem | null {
  if (/^[\x21-\x7e]{8,100}$/u.test(key)) return null;
  return problem(
    "OUT_OF_RANGE",
    ["input", "idempotencyKey"],
    [
      "Khóa chống lặp cần 8 đến 100 ký tự in được, không dấu, không khoảng trắng.",
      "An idempotency key has 8 to 100 printable ASCII characters without blanks.",
    ],
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** JSON in which the order of keys says nothing, so that one request has one hash. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === "object" && !Array.isArray(each) && !(each instanceof Date)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
