import { randomUUID } from "node:crypto";
import { createServer, connect, type Server, type Socket } from "node:net";
import { mkdir, rename, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ApolloServer } from "@apollo/server";
import type { Viewer } from "../../access/viewer";
import type { Database } from "../../subgraphs/foundation/database";
import {
  createInstitutionSubgraph,
  openSectorDatabases,
  readTerritory,
  type InstitutionDesign,
} from "../../subgraphs/foundation/institution/institution-subgraph";
import type { InstitutionContext } from "../../subgraphs/foundation/institution/institution-context";
import {
  writeInstitutions,
  type WholeInstitution,
} from "../../subgraphs/foundation/institution/write-institutions";
import {
  AuditEntryRecord,
  GENESIS,
  LedgerHeadRecord,
  WriteReceiptRecord,
} from "../../subgraphs/foundation/ledger/ledger.record";
import { readAgencyDirectory } from "../../subgraphs/foundation/rights/agency-directory";
import type { Language } from "../../subgraphs/foundation/rights/caller";
import type { Sector } from "../../subgraphs/foundation/sector";
import { createSubgraphServer, type Subgraph } from "../../subgraphs/foundation/serve-subgraph";
import type { Territory } from "../../subgraphs/foundation/territory/territory";
import { auditor } from "./viewers";
import { createTestDatabase, type TestDatabase } from "./test-database";

const UNITS = join(__dirname, "../../reference/lai-chau/units.csv");
export const territory: Territory = readTerritory(UNITS);
export const agencies = readAgencyDirectory(
  join(__dirname, "../../reference/lai-chau/agencies.json"),
);

/** What a test says of a report; the rest is as usual: approved, first revision. */
export type GivenReport = { year: number; revision?: number; state?: string } & Record<
  string,
  unknown
>;

/** What a test says of an institution; the rest is as usual: open for ever, in Đoàn Kết, real. */
export interface Given {
  id?: string;
  sector?: Sector;
  name?: string;
  code?: string;
  kind?: string;
  kinds?: { kind: string; fromOn: string | null; untilOn: string | null }[];
  unitId?: string | null;
  placements?: { unitId: string; fromOn: string | null; untilOn: string | null }[];
  managingAgencyId?: string | null;
  openedOn?: string | null;
  closedOn?: string | null;
  demonstration?: boolean;
  reports?: GivenReport[];
}

export interface Answer {
  data?: Record<string, any> | null;
  errors?: readonly {
    message: string;
    path?: readonly unknown[];
    extensions?: Record<string, unknown>;
  }[];
}

/** A subgraph of institutions on real databases of this test's own. */
export class InstitutionsUnderTest {
  statements: { sector: Sector; sql: string }[] = [];
  private given_ = 0;

  private constructor(
    readonly design: InstitutionDesign,
    readonly subgraph: Subgraph<InstitutionContext>,
    readonly databases: ReadonlyMap<Sector, Database>,
    private readonly doors: ReadonlyMap<Sector, Door>,
    private readonly server: ApolloServer<InstitutionContext>,
    /** What the clock shows. */
    readonly now: { instant: string },
  ) {}

  static async start(design: InstitutionDesign, sectors: Sector[]): Promise<InstitutionsUnderTest> {
    const now = { instant: "2026-11-23T03:00:00Z" };
    const doors = new Map<Sector, Door>();
    for (const sector of sectors) doors.set(sector, await Door.open(design.name, sector));
    const clock = () => new Date(now.instant);
    const databases = new Map<Sector, Database>();
    const heard: InstitutionsUnderTest["statements"] = [];
    for (const [sector, door] of doors) {
      const opened = openSectorDatabases(design, new Map([[sector, door.url]]), door.folder, {
        onStatement: (owner, sql) => heard.push({ sector: owner, sql }),
      });
      databases.set(sector, opened.get(sector)!);
      await opened.get(sector)!.migrate();
    }
    const subgraph = createInstitutionSubgraph(design, databases, { territory, agencies, clock });
    const server = createSubgraphServer(subgraph);
    const started = new InstitutionsUnderTest(design, subgraph, databases, doors, server, now);
    started.statements = heard;
    return started;
  }

  /** Where another process finds the same databases. */
  get urls(): Map<Sector, string | undefined> {
    return new Map([...this.doors].map(([sector, { url }]) => [sector, url]));
  }

  /** The same for embedded ones, of subgraphs with one owner. */
  get folder(): string {
    return [...this.doors.values()][0]!.folder;
  }

  /** Where the rows lie, for whoever reads them by the database's own driver. */
  get places(): { sector: Sector; url: string | undefined; file: string }[] {
    return [...this.doors].map(([sector, { url, file }]) => ({ sector, url, file }));
  }

  async given(...institutions: Given[]): Promise<string[]> {
    const ids: string[] = [];
    for (const each of institutions) {
      const sector = each.sector ?? "CULTURE";
      const whole = this.whole(each, sector);
      await writeInstitutions(this.databases.get(sector)!, this.design.records, [whole]);
      ids.push(whole.id);
    }
    this.statements.length = 0;
    return ids;
  }

  /** Forgets every row, but not the tables or the default ruling. */
  async clear(): Promise<void> {
    const { institution, placement, kind, report } = this.design.records;
    for (const database of this.databases.values()) {
      await database.write(async (manager) => {
        const kept = [AuditEntryRecord, WriteReceiptRecord];
        for (const record of [institution, placement, report, ...(kind ? [kind] : []), ...kept]) {
          await manager.createQueryBuilder().delete().from(record).execute();
        }
        await manager.update(LedgerHeadRecord, { id: 1 }, { sequence: 0, hash: GENESIS });
      });
    }
    this.statements.length = 0;
  }

  /** Asks as the viewer, or as nobody in particular. */
  async ask(
    query: string,
    variables: Record<string, unknown> = {},
    viewer: Viewer | null = null,
    language: Language = "vi",
  ): Promise<Answer> {
    const response = await this.server.executeOperation(
      { query, variables },
      { contextValue: this.subgraph.createContext({ viewer, language }) },
    );
    if (response.body.kind !== "single") throw new Error("one answer was expected");
    return JSON.parse(JSON.stringify(response.body.singleResult)) as Answer;
  }

  /** The figures of units for a year, as `[unit][indicator code]`, as somebody sees them from whom nothing is withheld. */
  async figures(
    unitIds: string[],
    year: number,
    fields: string,
    basis = "APPROVED",
    viewer: Viewer | null = auditor,
  ): Promise<Record<string, any>[]> {
    const answer = await this.ask(
      `query ($units: [_Any!]!, $year: Int!, $basis: ReportBasis) {
        _entities(representations: $units) { ... on AdministrativeUnit {
          figures: ${this.design.names.indicators}(year: $year, basis: $basis) { indicator { code } ${fields} } } } }`,
      { units: unitIds.map((id) => ({ __typename: "AdministrativeUnit", id })), year, basis },
      viewer,
    );
    return answer.data!._entities.map((unit: any) =>
      Object.fromEntries(
        unit.figures.map(({ indicator, ...figure }: any) => [indicator.code, figure]),
      ),
    );
  }

  /** Makes a sector's database unreachable, as a cut cable does. */
  cut(sector: Sector): Promise<void> {
    return this.doors.get(sector)!.cut(this.databases.get(sector)!);
  }

  restore(sector: Sector): Promise<void> {
    return this.doors.get(sector)!.restore();
  }

  async stop(): Promise<void> {
    for (const database of this.databases.values()) await database.close();
    for (const door of this.doors.values()) await door.close();
  }

  private whole(given: Given, sector: Sector): WholeInstitution {
    const { names } = this.design;
    const prefix = names.type.replace(/(?<=[a-z])(?=[A-Z])/gu, "-").toLowerCase();
    const owner = sector.toLowerCase().replace("_", "-");
    this.given_ += 1;
    return {
      id: given.id ?? `${prefix}:${owner}:${randomUUID()}`,
      code: given.code ?? `T-${this.given_}`,
      name: given.name ?? `Cơ sở ${this.given_}`,
      managingAgencyId: given.managingAgencyId ?? null,
      openedOn: given.openedOn ?? null,
      closedOn: given.closedOn ?? null,
      demonstration: given.demonstration ?? false,
      placements:
        given.placements ??
        (given.unitId === null
          ? []
          : [{ unitId: given.unitId ?? "unit:03389", fromOn: null, untilOn: null }]),
      kinds:
        given.kinds ??
        (given.kind ? [{ kind: given.kind, fromOn: null, untilOn: null }] : undefined),
      reports: (given.reports ?? []).map((report) => ({
        id: `${prefix}-report:${owner}:${randomUUID()}`,
        revision: 1,
        state: "APPROVED",
        submittedAt: null,
        approvedAt: null,
        ...report,
      })),
    };
  }
}

/** The way to one test database, which can be shut: a moved file, or a forwarder that no longer listens. */
export class Door {
  private constructor(
    private readonly database: TestDatabase,
    readonly folder: string,
    readonly file: string,
    readonly url: string | undefined,
    private readonly forwarder: Forwarder | undefined,
  ) {}

  static async open(name: string, sector: Sector): Promise<Door> {
    const owner = sector.toLowerCase().replace("_", "-");
    const database = await createTestDatabase(`${name}-${owner}`);
    const folder = dirname(database.file);
    const file = join(folder, owner, `${name}.sqlite`);
    if (!database.url) return new Door(database, folder, file, undefined, undefined);
    const target = new URL(database.url);
    const forwarder = await Forwarder.to(target.hostname, Number(target.port || 3306));
    target.hostname = "127.0.0.1";
    target.port = String(forwarder.port);
    return new Door(database, folder, file, target.href, forwarder);
  }

  async cut(database: Database): Promise<void> {
    if (this.forwarder) return this.forwarder.cut();
    await database.close();
    await rename(this.file, `${this.file}.away`);
    await mkdir(this.file);
  }

  async restore(): Promise<void> {
    if (this.forwarder) return this.forwarder.listen();
    await rmdir(this.file);
    await rename(`${this.file}.away`, this.file);
  }

  async close(): Promise<void> {
    await this.forwarder?.cut();
    await this.database.drop();
  }
}

class Forwarder {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  port = 0;

  private constructor(
    private readonly host: string,
    private readonly target: number,
  ) {}

  static async to(host: string, port: number): Promise<Forwarder> {
    const forwarder = new Forwarder(host, port);
    await forwarder.listen();
    return forwarder;
  }

  async listen(): Promise<void> {
    const server = createServer((client) => {
      const upstream = connect(this.target, this.host);
      for (const socket of [client, upstream]) {
        this.sockets.add(socket);
        socket.on("close", () => this.sockets.delete(socket)).on("error", () => undefined);
      }
      client.once("close", () => upstream.destroy());
      upstream.once("close", () => client.destroy());
      client.pipe(upstream).pipe(client);
    });
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as { port: number }).port;
    this.server = server;
  }

  async cut(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    for (const socket of this.sockets) socket.destroy();
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
