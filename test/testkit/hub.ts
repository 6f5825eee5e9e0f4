import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startGateway } from "../../gateway/server";
import { openAgencyTasksDatabase } from "../../subgraphs/agency-tasks/databases";
import { loadAgencyTasksDemonstration } from "../../subgraphs/agency-tasks/demonstration/agency-tasks-demonstration";
import { loadReference } from "../../subgraphs/agency-tasks/reference/load-reference";
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
import { serveSubgraph, type Serving } from "../../subgraphs/foundation/serve-subgraph";
import { librariesDesign } from "../../subgraphs/libraries/subgraph";
import { museumsDesign } from "../../subgraphs/museums/subgraph";
import { laiChauFiles } from "./agency-tasks";
import { territory } from "./institutions";
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
  /** Statements that each database was asked, by the database's name: `libraries/education`. */
  statements: Map<string, number>;
  databases: Map<string, Database>;
  ask(query: string, variables?: object): Promise<HubAnswer>;
  stop(): Promise<void>;
}

/** The real hub: seven databases on the engine under test, four subgraphs over HTTP, demonstration data, the gateway. */
export async function startHub({
  urls = {},
  deadlineMs = 5000,
}: { urls?: Record<string, string>; deadlineMs?: number } = {}): Promise<Hub> {
  const subgraphs = await startSubgraphs();
  const gateway = await startHubGateway({ ...subgraphs.urls, ...urls }, deadlineMs);
  return {
    url: gateway.url,
    subgraphUrls: subgraphs.urls,
    statements: subgraphs.statements,
    databases: subgraphs.databases,
    ask: asker(gateway.url),
    stop: async () => {
      await gateway.stop();
      await subgraphs.stop();
    },
  };
}

/** A gateway over the committed supergraph. */
export function startHubGateway(subgraphUrls: Record<string, string>, deadlineMs = 5000) {
  return startGateway({
    port: 0,
    host: "127.0.0.1",
    supergraphPath: join(ROOT, "schema/supergraph.graphql"),
    subgraphUrls,
    subgraphDeadlineMs: deadlineMs,
    logLevel: "silent",
  });
}

export function asker(url: string) {
  return async (query: string, variables: object = {}): Promise<HubAnswer> => {
    const begin = performance.now();
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    return { ...((await response.json()) as object), elapsedMs: performance.now() - begin };
  };
}

export async function startSubgraphs() {
  const folder = await mkdtemp(join(tmpdir(), "hub-"));
  const places: TestDatabase[] = [];
  const databases = new Map<string, Database>();
  const statements = new Map<string, number>();
  const heard = (name: string) => () => void statements.set(name, (statements.get(name) ?? 0) + 1);
  const placeFor = async (name: string) => {
    const place = await createTestDatabase(name.replace("/", "-"));
    places.push(place);
    return place.url;
  };
  const serve = (subgraph: Parameters<typeof serveSubgraph>[0]) =>
    serveSubgraph(subgraph, { port: 0, host: "127.0.0.1", portSetting: "PORT" });

  const serveInstitutions = async (design: InstitutionDesign, sectors: readonly Sector[]) => {
    const opened = new Map<Sector, Database>();
    for (const sector of sectors) {
      const name = `${design.name}/${sector.toLowerCase().replace("_", "-")}`;
      const url = await placeFor(name);
      const database = openSectorDatabases(design, new Map([[sector, url]]), folder, {
        onStatement: heard(name),
        deadlineMs: 20_000,
      }).get(sector)!;
      await database.migrate();
      databases.set(name, database);
      opened.set(sector, database);
    }
    await loadDemonstration(design, opened, territory);
    return serve(createInstitutionSubgraph(design, opened, { territory, clock: CLOCK }));
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
      createAgencyTasksSubgraph({ database: agencyTasksDatabase, clock: CLOCK }),
    ),
  };
  return {
    urls: Object.fromEntries(Object.entries(served).map(([name, { url }]) => [name, url])),
    statements,
    databases,
    stop: async () => {
      for (const serving of Object.values(served)) await serving.stop();
      for (const place of places) await place.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
