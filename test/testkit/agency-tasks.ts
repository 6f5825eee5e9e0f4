import { randomUUID } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import type { ApolloServer } from "@apollo/server";
import type { Viewer } from "../../access/viewer";
import type { Day } from "../../subgraphs/foundation/calendar";
import type { Database } from "../../subgraphs/foundation/database";
import type { Caller, Language } from "../../subgraphs/foundation/rights/caller";
import { createSubgraphServer } from "../../subgraphs/foundation/serve-subgraph";
import { AgencyReportRecord } from "../../subgraphs/agency-tasks/agency-report/agency-report.record";
import type { Context } from "../../subgraphs/agency-tasks/context";
import { openAgencyTasksDatabase } from "../../subgraphs/agency-tasks/databases";
import { DutyProgressRecord } from "../../subgraphs/agency-tasks/duty-progress/duty-progress.record";
import {
  loadReference,
  type ReferenceFiles,
} from "../../subgraphs/agency-tasks/reference/load-reference";
import { SealedReportRecord } from "../../subgraphs/agency-tasks/sealed-report/sealed-report.record";
import { createAgencyTasksSubgraph } from "../../subgraphs/agency-tasks/subgraph";
import { agencies, territory } from "./institutions";
import { createTestDatabase } from "./test-database";

const LAI_CHAU = resolve(__dirname, "../../reference/lai-chau");

/** The reference that the hub ships with. */
export const laiChauFiles: ReferenceFiles = {
  REFERENCE_UNITS: join(LAI_CHAU, "units.csv"),
  REFERENCE_PLAN: join(LAI_CHAU, "plan.json"),
  REFERENCE_AGENCIES: join(LAI_CHAU, "agencies.json"),
};

interface Answer {
  data: any;
  errors?: { message: string; code: unknown; path: unknown }[];
}

type GivenProgress = Pick<DutyProgressRecord, "dutyId" | "agencyId" | "year" | "status"> &
  Partial<DutyProgressRecord>;
type GivenReport = Pick<
  AgencyReportRecord,
  "agencyId" | "reportingDutyCode" | "year" | "receivedOn"
>;

/** An afternoon after both reorganisations. */
const TODAY: Day = "2026-03-15";

/** A migrated, empty database of this subgraph on the engine under test. */
export async function openTestAgencyTasksDatabase() {
  const testDatabase = await createTestDatabase("agency-tasks");
  const statements: string[] = [];
  const database = openAgencyTasksDatabase(
    {
      DATA_DIRECTORY: dirname(testDatabase.file),
      AGENCY_TASKS_DATABASE_URL: testDatabase.url,
    },
    { onStatement: (sql) => statements.push(sql), deadlineMs: 20_000 },
  );
  await database.migrate();
  return {
    database,
    statements,
    drop: async () => {
      await database.close();
      await testDatabase.drop();
    },
  };
}

/** The subgraph on a database of its own, with a reference loaded and nothing reported. */
export async function startAgencyTasks({ files = laiChauFiles } = {}): Promise<AgencyTasks> {
  const { database, statements, drop } = await openTestAgencyTasksDatabase();
  await loadReference(database, files);
  return new AgencyTasks(database, statements, drop);
}

export class AgencyTasks {
  /** The day in Việt Nam that the subgraph believes it is. */
  today = TODAY;
  private readonly server: ApolloServer<Context>;
  private hasBegun = false;
  private readonly createContext: (caller: Caller) => Context;

  constructor(
    readonly database: Database,
    /** The SQL of the last question. */
    readonly statements: string[],
    private readonly drop: () => Promise<void>,
  ) {
    const subgraph = createAgencyTasksSubgraph({
      database,
      territory,
      agencies,
      clock: () => new Date(`${this.today}T08:00:00Z`),
      askHub: () => Promise.reject(new Error("no hub is running")),
    });
    this.server = createSubgraphServer(subgraph);
    this.createContext = subgraph.createContext;
  }

  /** Asks as the viewer, or as nobody in particular. */
  async ask(
    query: string,
    variables: Record<string, unknown> = {},
    viewer: Viewer | null = null,
    language: Language = "vi",
  ): Promise<Answer> {
    this.statements.length = 0;
    this.hasBegun = true;
    const { body } = await this.server.executeOperation(
      { query, variables },
      { contextValue: this.createContext({ viewer, language }) },
    );
    if (body.kind !== "single") throw new Error("the answer came in parts");
    const { data, errors } = JSON.parse(JSON.stringify(body.singleResult));
    return {
      data,
      errors: errors?.map(({ message, path, extensions }: any) => ({
        message,
        path,
        code: extensions?.code,
      })),
    };
  }

  /** Asks as the gateway does for what other subgraphs refer to. */
  async askEntities(representations: object[], selection: string): Promise<Answer> {
    return this.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`,
      { representations },
    );
  }

  async givenProgress(...rows: GivenProgress[]): Promise<void> {
    await this.database.write((manager) =>
      manager.insert(
        DutyProgressRecord,
        rows.map((row) => ({
          id: randomUUID(),
          percent: null,
          summary: null,
          blockedReason: null,
          evidenceUrl: null,
          reportedAt: new Date(`${row.year}-11-20T02:00:00Z`),
          demonstration: false,
          ...row,
        })),
      ),
    );
  }

  async givenReports(...rows: GivenReport[]): Promise<void> {
    await this.database.write((manager) =>
      manager.insert(
        AgencyReportRecord,
        rows.map((row) => ({ id: randomUUID(), demonstration: false, ...row })),
      ),
    );
  }

  /** Takes back what was given, the day included. */
  async forget(): Promise<void> {
    this.today = TODAY;
    await this.database.write(async (manager) => {
      await manager.createQueryBuilder().delete().from(DutyProgressRecord).execute();
      await manager.createQueryBuilder().delete().from(AgencyReportRecord).execute();
      await manager.createQueryBuilder().delete().from(SealedReportRecord).execute();
    });
  }

  async stop(): Promise<void> {
    if (this.hasBegun) await this.server.stop();
    await this.drop();
  }
}
