import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { issueToken } from "../../access/access-token";
import { openSigningKey } from "../../access/signing-key";
import type { Viewer } from "../../access/viewer";
import { readEnvironment, type GatewaySettings } from "../../gateway/environment";
import { startGateway, type GatewayOptions } from "../../gateway/server";
import { openAgencyTasksDatabase } from "../../subgraphs/agency-tasks/databases";
import { loadAgencyTasksDemonstration } from "../../subgraphs/agency-tasks/demonstration/agency-tasks-demonstration";
import { loadReference } from "../../subgraphs/agency-tasks/reference/load-reference";
import { hubAt } from "../../subgraphs/agency-tasks/sealed-report/hub-figures";
import { createAgencyTasksSubgraph } from "../../subgraphs/agency-tasks/subgraph";
import { culturalCentresDesign } from "../../subgraphs/cultural-centres/subgraph";
import type { Database } from "../../subgraphs/foundation/database";
import {
  createInstitutionSubgraph,
  loadDemonstration,
  openSectorDatabases,
  type InstitutionDesign,
} from "../../subgraphs/foundation/institution/institution-subgraph";
import { SECTORS, type Sector } from "../../subgraphs/foundation/sector";
import {
  serveSubgraph,
  type Serving,
  type Subgraph,
} from "../../subgraphs/foundation/serve-subgraph";
import { createDoorman } from "../../subgraphs/foundation/rights/doorman";
import { librariesDesign } from "../../subgraphs/libraries/subgraph";
import { museumsDesign } from "../../subgraphs/museums/subgraph";
import type { Telemetry } from "../../telemetry/telemetry";
import { laiChauFiles } from "./agency-tasks";
import { agencies, Door, territory } from "./institutions";
import { createTestDatabase, type TestDatabase } from "./test-database";

const ROOT = resolve(__dirname, "../..");
export const CLOCK = () => new Date("2026-11-23T03:00:00Z");

export interface HubAnswer {
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  elapsedMs: number;
}

export interface Hub {
  url: string;
  /** Where each subgraph is served, by name. */
  subgraphUrls: Record<string, string>;
  /** What is served there. */
  subgraphs: readonly Subgraph<any>[];
  serving: Readonly<Record<string, Serving>>;
  /** Statements that each database was asked, by the database's name: `libraries/education`. */
  statements: Map<string, number>;
  databases: Map<string, Database>;
  /** Where the hub's keys lie. */
  folder: string;
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<HubAnswer>;
  /** From now on the sector's database cannot be reached; by its name: `libraries/education`. */
  cut(database: string): Promise<void>;
  restore(database: string): Promise<void>;
  stop(): Promise<void>;
}

/** The real hub: seven databases on the engine under test, four subgraphs over HTTP, demonstration data, the gateway. */
export async function startHub({
  urls = {},
  deadlineMs = 20_000,
  executor,
  settings,
  telemetryFor,
}: {
  urls?: Record<string, string>;
  deadlineMs?: number;
  executor?: GatewaySettings["executor"];
  settings?: Partial<GatewaySettings>;
  /** What a part of the hub tells of itself, and to whom; nobody, unless given. */
  telemetryFor?: (part: string) => Telemetry;
} = {}): Promise<Hub> {
  const subgraphs = await startSubgraphs(telemetryFor);
  const { folder } = subgraphs;
  const gateway = await startHubGateway(
    { ...subgraphs.urls, ...urls },
    { deadlineMs, folder, executor, settings, log: telemetryFor?.("gateway").log },
  );
  subgraphs.hubUrl.value = gateway.url;
  return {
    url: gateway.url,
    subgraphUrls: subgraphs.urls,
    subgraphs: subgraphs.subgraphs,
    serving: subgraphs.serving,
    statements: subgraphs.statements,
    databases: subgraphs.databases,
    folder,
    ask: asker(gateway.url),
    cut: subgraphs.cut,
    restore: subgraphs.restore,
    stop: async () => {
      await gateway.stop();
      await subgraphs.stop();
    },
  };
}

/** Tokens of the hub's own, with its key under the folder. */
export const hubAccess = (folder: string) => ({
  DATA_DIRECTORY: folder,
  OIDC_AUDIENCE: "lai-chau-hub",
});

/** Headers of somebody who has signed in at the hub whose keys lie under the folder. */
export async function signedIn(folder: string, viewer: Viewer): Promise<Record<string, string>> {
  const token = await issueToken(openSigningKey(folder), { ...viewer, lifetimeSeconds: 3600 });
  return { authorization: `Bearer ${token}` };
}

/** A gateway over the committed supergraph. */
export function startHubGateway(
  subgraphUrls: Record<string, string>,
  {
    deadlineMs = 20_000,
    folder,
    executor = readEnvironment().executor,
    localSubgraphs = {},
    settings = {},
    log,
    options = {},
  }: {
    deadlineMs?: number;
    folder: string;
    executor?: GatewaySettings["executor"] | undefined;
    localSubgraphs?: GatewayOptions["localSubgraphs"];
    settings?: Partial<GatewaySettings> | undefined;
    log?: GatewayOptions["log"] | undefined;
    options?: Omit<GatewayOptions, "log" | "localSubgraphs"> | undefined;
  },
) {
  return startGateway(
    {
      ...readEnvironment(),
      port: 0,
      host: "127.0.0.1",
      supergraphPath: join(ROOT, "schema/supergraph.graphql"),
      subgraphUrls,
      subgraphDeadlineMs: deadlineMs,
      executor,
      logLevel: "silent",
      access: hubAccess(folder),
      ...settings,
    },
    { localSubgraphs, ...(log && { log }), ...options },
  );
}

export function asker(url: string) {
  return async (
    query: string,
    variables: object = {},
    headers: Record<string, string> = {},
  ): Promise<HubAnswer> => {
    const begin = performance.now();
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { ...((await response.json()) as object), elapsedMs: performance.now() - begin };
  };
}

export async function startSubgraphs(telemetryFor?: (part: string) => Telemetry) {
  const folder = await mkdtemp(join(tmpdir(), "hub-"));
  // Known once the gateway runs, which is after its subgraphs.
  const hubUrl = { value: "" };
  const places: TestDatabase[] = [];
  const doors = new Map<string, Door>();
  const databases = new Map<string, Database>();
  const statements = new Map<string, number>();
  const heard = (name: string) => () => void statements.set(name, (statements.get(name) ?? 0) + 1);
  const placeFor = async (name: string) => {
    const place = await createTestDatabase(name.replace("/", "-"));
    places.push(place);
    return place.url;
  };
  const subgraphs: Subgraph<any>[] = [];
  const serve = (subgraph: Subgraph<any>) => {
    subgraphs.push(subgraph);
    return serveSubgraph(subgraph, {
      port: 0,
      host: "127.0.0.1",
      portSetting: "PORT",
      doorman: createDoorman(subgraph.name, hubAccess(folder), undefined),
      ...(telemetryFor && { telemetry: telemetryFor(subgraph.name) }),
    });
  };

  const serveInstitutions = async (design: InstitutionDesign, sectors: readonly Sector[]) => {
    const opened = new Map<Sector, Database>();
    for (const sector of sectors) {
      const name = `${design.name}/${sector.toLowerCase().replace("_", "-")}`;
      const door = await Door.open(design.name, sector);
      doors.set(name, door);
      const database = openSectorDatabases(design, new Map([[sector, door.url]]), door.folder, {
        onStatement: heard(name),
        deadlineMs: 20_000,
      }).get(sector)!;
      await database.migrate();
      databases.set(name, database);
      opened.set(sector, database);
    }
    await loadDemonstration(design, opened, territory);
    return serve(createInstitutionSubgraph(design, opened, { territory, agencies, clock: CLOCK }));
  };
  const agencyTasksDatabase = openAgencyTasksDatabase(
    { DATA_DIRECTORY: folder, AGENCY_TASKS_DATABASE_URL: await placeFor("agency-tasks") },
    { onStatement: heard("agency-tasks"), deadlineMs: 20_000 },
  );
  await agencyTasksDatabase.migrate();
  await loadReference(agencyTasksDatabase, laiChauFiles);
  await loadAgencyTasksDemonstration(agencyTasksDatabase);
  databases.set("agency-tasks", agencyTasksDatabase);

  const served: Record<string, Serving> = {
    libraries: await serveInstitutions(librariesDesign, SECTORS),
    museums: await serveInstitutions(museumsDesign, ["CULTURE"]),
    "cultural-centres": await serveInstitutions(culturalCentresDesign, ["CULTURE"]),
    "agency-tasks": await serve(
      createAgencyTasksSubgraph({
        database: agencyTasksDatabase,
        territory,
        agencies,
        clock: CLOCK,
        askHub: (query, variables) => hubAt(hubUrl.value)(query, variables),
      }),
    ),
  };
  return {
    urls: Object.fromEntries(Object.entries(served).map(([name, { url }]) => [name, url])),
    subgraphs,
    serving: served,
    statements,
    databases,
    folder,
    hubUrl,
    cut: (name: string) => doors.get(name)!.cut(databases.get(name)!),
    restore: (name: string) => doors.get(name)!.restore(),
    stop: async () => {
      for (const serving of Object.values(served)) await serving.stop();
      for (const door of doors.values()) await door.close();
      for (const place of places) await place.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
