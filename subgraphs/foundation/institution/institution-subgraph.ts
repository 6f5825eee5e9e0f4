import { join } from "node:path";
import type { DocumentNode } from "graphql";
import type { MigrationInterface } from "typeorm";
import { dayInVietnam } from "../calendar";
import { Database } from "../database";
import { FigureRepository, type FigureTables } from "../indicator/figure.repository";
import type { IndicatorDefinition } from "../indicator/indicator-value";
import { readSdl } from "../read-sdl";
import { dateTimeScalar } from "../scalars";
import type { Sector } from "../sector";
import { serveSubgraph, type Serving, type Subgraph } from "../serve-subgraph";
import { readReferenceUnits } from "../territory/reference-file";
import { Territory } from "../territory/territory";
import { createInstitutionContext, type InstitutionContext } from "./institution-context";
import { InstitutionRepository, type InstitutionRecords } from "./institution.repository";
import { institutionResolvers, type InstitutionNames } from "./institution.resolvers";
import { writeInstitutions, type WholeInstitution } from "./write-institutions";

/** All that one subgraph of institutions says about itself; the rest is the same for all of them. */
export interface InstitutionDesign {
  /** The subgraph's name: `libraries`. */
  name: string;
  sdl: () => DocumentNode;
  names: InstitutionNames;
  records: InstitutionRecords;
  /** Records beside the institutions' own, such as rulings. */
  otherRecords: (new () => object)[];
  migrations: (new () => MigrationInterface)[];
  figures: FigureTables;
  indicators: readonly IndicatorDefinition[];
  /** Owners whose institutions may be shown one by one. */
  listedSectors: readonly Sector[];
  /** Institutions that show how the hub works, by owner. */
  demonstration: (territory: Territory) => Map<Sector, WholeInstitution[]>;
}

/** Tells of every statement to a sector's database; the tests count them. */
export interface DatabaseHooks {
  onStatement?: (sector: Sector, sql: string) => void;
  deadlineMs?: number;
}

/** The SDL below the folder with the value types that every subgraph of institutions shares. */
export function institutionSdl(folder: string): DocumentNode {
  return readSdl(folder, [
    "contact",
    "indicator-value",
    "institution",
    "page-info",
    "scalars",
    "sector",
  ]);
}

/** One database for each sector; without a URL it is a SQLite file in the sector's own folder. */
export function openSectorDatabases(
  { name, records, otherRecords, migrations }: InstitutionDesign,
  urls: ReadonlyMap<Sector, string | undefined>,
  dataDirectory: string,
  { onStatement, deadlineMs }: DatabaseHooks = {},
): Map<Sector, Database> {
  const { institution, placement, report, kind } = records;
  const open = (sector: Sector, url: string | undefined) => {
    const owner = sector.toLowerCase().replace("_", "-");
    return new Database({
      name: `${name}/${owner}`,
      url,
      file: join(dataDirectory, owner, `${name}.sqlite`),
      records: [institution, placement, report, ...(kind ? [kind] : []), ...otherRecords],
      migrations,
      deadlineMs,
      onStatement: onStatement && ((sql) => onStatement(sector, sql)),
    });
  };
  return new Map([...urls].map(([sector, url]) => [sector, open(sector, url)]));
}

/** The subgraph over its owners' databases and the territory that the reference file describes. */
export function createInstitutionSubgraph(
  design: InstitutionDesign,
  databases: ReadonlyMap<Sector, Database>,
  { territory, clock }: { territory: Territory; clock: () => Date },
): Subgraph<InstitutionContext> {
  const house = {
    repositories: mapValues(
      databases,
      (database) => new InstitutionRepository(database, design.records),
    ),
    figures: mapValues(databases, (database) => new FigureRepository(database, design.figures)),
    indicators: design.indicators,
    listedSectors: design.listedSectors,
    territory,
    today: () => dayInVietnam(clock()),
  };
  return {
    name: design.name,
    typeDefs: design.sdl(),
    resolvers: { DateTime: dateTimeScalar, ...institutionResolvers(design.names) },
    databases: [...databases.values()],
    createContext: () => createInstitutionContext(house),
  };
}

export function readTerritory(referenceUnits: string): Territory {
  return new Territory(readReferenceUnits(referenceUnits));
}

/** @throws when any of the databases already holds an institution: real data are never mixed with invented ones. */
export async function requireNoInstitutions(
  design: InstitutionDesign,
  databases: ReadonlyMap<Sector, Database>,
): Promise<void> {
  for (const database of databases.values()) {
    if (await holdsInstitutions(design, database)) {
      throw new Error(
        `${database.name}: đã có dữ liệu, không nạp dữ liệu minh họa. / ${database.name} holds institutions already; no demonstration data loaded.`,
      );
    }
  }
}

/** Writes the demonstration institutions of every owner; throws as `requireNoInstitutions` does. */
export async function loadDemonstration(
  design: InstitutionDesign,
  databases: ReadonlyMap<Sector, Database>,
  territory: Territory,
): Promise<number> {
  await requireNoInstitutions(design, databases);
  let written = 0;
  for (const [sector, institutions] of design.demonstration(territory)) {
    await writeInstitutions(databases.get(sector)!, design.records, institutions);
    written += institutions.length;
  }
  return written;
}

async function holdsInstitutions(
  { records }: InstitutionDesign,
  database: Database,
): Promise<boolean> {
  return database.read(async (manager) => (await manager.count(records.institution)) > 0);
}

/**
 * Serves a subgraph of institutions. Only on a first start with no database configured anywhere in the hub are
 * its embedded databases filled with demonstration data.
 */
export async function serveInstitutions(
  design: InstitutionDesign,
  urls: ReadonlyMap<Sector, string | undefined>,
  environment: {
    HOST: string;
    DATA_DIRECTORY: string;
    REFERENCE_UNITS: string;
    anyDatabaseConfigured: boolean;
  },
  listen: { port: number; portSetting: string },
): Promise<Serving> {
  const territory = readTerritory(environment.REFERENCE_UNITS);
  const databases = openSectorDatabases(design, urls, environment.DATA_DIRECTORY);
  const all = [...databases.values()];
  if (!environment.anyDatabaseConfigured) {
    const filled = await Promise.all(all.map((database) => holdsInstitutions(design, database)));
    if (!filled.includes(true)) await loadDemonstration(design, databases, territory);
  }
  const subgraph = createInstitutionSubgraph(design, databases, {
    territory,
    clock: () => new Date(),
  });
  return serveSubgraph(subgraph, { ...listen, host: environment.HOST });
}

function mapValues<Key, From, To>(
  map: ReadonlyMap<Key, From>,
  change: (value: From) => To,
): Map<Key, To> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
