import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import "reflect-metadata";
import type { Logger as Log } from "pino";
import { DataSource, type EntityManager, type Logger, type MigrationInterface } from "typeorm";
import { traceStatements } from "./traced-statements";

type Class<T> = new () => T;

export interface DatabaseOptions {
  /** Names the database in logs and errors: `libraries/education`. */
  name: string;
  /** `mysql://` or `mariadb://`; left out, the database is the SQLite file. */
  url?: string | undefined;
  /** Where the embedded database lives when no URL is given. */
  file: string;
  records: Class<object>[];
  migrations: Class<MigrationInterface>[];
  /** How long one piece of work may take, connecting included, before the owner counts as silent. */
  deadlineMs?: number;
  /** Told when the owner falls silent, and when it answers again; left out in commands, which end with the reason instead. */
  log?: Pick<Log, "warn"> | undefined;
  /** Told of every SQL statement; the tests count them. */
  onStatement?: (sql: string) => void;
}

/** The owner of the data does not answer: its part of the result is missing, and nothing else. */
export class DatabaseUnavailable extends Error {
  constructor(
    readonly databaseName: string,
    override readonly cause: unknown,
  ) {
    super(`${databaseName}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

const UNREACHABLE =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE|ENOTDIR|EACCES|PROTOCOL_CONNECTION_LOST|PROTOCOL_SEQUENCE_TIMEOUT|ER_ACCESS_DENIED_ERROR|ER_DBACCESS_DENIED_ERROR|ER_BAD_DB_ERROR|ER_CON_COUNT_ERROR|ER_SERVER_SHUTDOWN|SQLITE_CANTOPEN|SQLITE_NOTADB|SQLITE_CORRUPT|SQLITE_IOERR|closed state|database connection is not open/;

/**
 * One owner's database. It connects when it is first asked and again after a failure, so a process starts with its
 * databases down and is whole again with the first request after they are back.
 */
export class Database {
  readonly name: string;
  readonly embedded: boolean;
  private opening: Promise<DataSource> | undefined;
  private writes: Promise<unknown> = Promise.resolve();
  private isSilent = false;

  constructor(private readonly options: DatabaseOptions) {
    this.name = options.name;
    this.embedded = !options.url;
  }

  /**
   * Runs the work within the deadline.
   * @throws DatabaseUnavailable when the owner cannot be reached in time; any other error is the work's own.
   */
  async read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.withinDeadline(async () => work((await this.open()).manager));
  }

  /** All of the work is written, or nothing. Embedded databases have one connection, so their writers take turns. */
  async write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const source = await this.withinDeadline(() => this.open());
    if (!this.embedded) return source.transaction(work);
    const turn = this.writes.then(() => source.transaction(work));
    this.writes = turn.catch(() => undefined);
    return turn;
  }

  /** Brings the tables up to date; returns the names of the migrations that it ran. */
  async migrate(): Promise<string[]> {
    const source = await this.open({ evenIfBehind: true });
    return (await source.runMigrations({ transaction: "each" })).map(({ name }) => name);
  }

  /** Takes the last migration back; returns its name, or null when there is none. */
  async revert(): Promise<string | null> {
    const source = await this.open({ evenIfBehind: true });
    const [last]: { name: string }[] = await source.query(
      "SELECT name FROM migrations ORDER BY id DESC LIMIT 1",
    );
    if (!last) return null;
    await source.undoLastMigration({ transaction: "each" });
    return last.name;
  }

  async close(): Promise<void> {
    const opening = this.opening;
    this.opening = undefined;
    const source = await opening?.catch(() => undefined);
    if (source?.isInitialized) await source.destroy();
  }

  private open({ evenIfBehind = false } = {}): Promise<DataSource> {
    this.opening ??= this.connect(evenIfBehind).catch((error) => {
      this.opening = undefined;
      throw new DatabaseUnavailable(this.name, error);
    });
    return this.opening;
  }

  private async connect(evenIfBehind: boolean): Promise<DataSource> {
    if (this.embedded) mkdirSync(dirname(this.options.file), { recursive: true });
    const source = await new DataSource({
      ...(this.options.url ? server(this.options.url) : embedded(this.options.file)),
      entities: this.options.records,
      migrations: this.options.migrations,
      migrationsTableName: "migrations",
      logger: new StatementLogger(this.options.onStatement),
      logging: this.options.onStatement ? ["query"] : false,
    }).initialize();
    traceStatements(source, this.name);
    if (this.embedded) await source.runMigrations({ transaction: "each" });
    else if (!evenIfBehind && (await source.showMigrations())) {
      await source.destroy();
      throw new Error("the tables are not up to date: run `npm run db:migrate`");
    }
    return source;
  }

  /** Tells the operator, and not again until it changes, why the owner is silent or that it answers again. */
  private tellWhether(fault: DatabaseUnavailable | undefined): void {
    if (this.isSilent === (fault !== undefined)) return;
    this.isSilent = fault !== undefined;
    const { log } = this.options;
    if (fault === undefined) log?.warn({ database: this.name }, "database answers again");
    else log?.warn({ database: this.name, ...reasonOf(fault) }, "database does not answer");
  }

  private async withinDeadline<T>(work: () => Promise<T>): Promise<T> {
    const milliseconds = this.options.deadlineMs ?? 1500;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new DatabaseUnavailable(this.name, `no answer within ${milliseconds} ms`)),
        milliseconds,
      );
    });
    try {
      const answer = await Promise.race([work(), late]);
      this.tellWhether(undefined);
      return answer;
    } catch (error) {
      if (error instanceof DatabaseUnavailable) {
        this.tellWhether(error);
        throw error;
      }
      if (!isUnreachable(error)) throw error;
      if (this.embedded) await this.close();
      const silent = new DatabaseUnavailable(this.name, error);
      this.tellWhether(silent);
      throw silent;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** An error is told by `tellError`; what is said in words of our own, as it is. */
const reasonOf = ({ cause }: DatabaseUnavailable) =>
  typeof cause === "string" ? { reason: cause } : { err: cause };

function isUnreachable(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return UNREACHABLE.test(`${String(code)} ${String(message)}`);
}

function embedded(file: string) {
  return {
    type: "better-sqlite3" as const,
    database: file,
    prepareDatabase: (db: { pragma(text: string): unknown }) => {
      db.pragma("journal_mode = WAL");
      db.pragma("synchronous = NORMAL");
      db.pragma("busy_timeout = 5000");
      // A table is altered by making it anew under its name; without this the views upon it would forbid that.
      db.pragma("legacy_alter_table = ON");
    },
  };
}

/** Dates stay text and instants stay UTC on every engine; equality and order are those of SQLite (utf8mb4_bin). */
function server(url: string) {
  return {
    type: "mysql" as const,
    url,
    connectorPackage: "mysql2" as const,
    charset: "utf8mb4_bin",
    timezone: "Z",
    connectTimeout: 1000,
    poolSize: 8,
    extra: { dateStrings: ["DATE"], decimalNumbers: true },
  };
}

class StatementLogger implements Logger {
  constructor(private readonly told?: (sql: string) => void) {}
  logQuery(sql: string): void {
    this.told?.(sql);
  }
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
