import { openTelemetry } from "../../../telemetry/telemetry";
import { join } from "node:path";
import type { DocumentNode } from "graphql";
import type { MigrationInterface } from "typeorm";
import { dayInVietnam } from "../calendar";
import { Database, type DatabaseOptions } from "../database";
import { FigureRepository, type FigureTables } from "../indicator/figure.repository";
import type { IndicatorDefinition } from "../indicator/indicator-value";
import { RulingRecord } from "../indicator/ruling.record";
import { Ledger } from "../ledger/ledger";
import { ledgerRecords } from "../ledger/ledger.record";
import { readSdl } from "../read-sdl";
import { readAgencyDirectory, type AgencyDirectory } from "../rights/agency-directory";
import { createDoorman } from "../rights/doorman";
import { dateTimeScalar } from "../scalars";
import type { Sector } from "../sector";
import { serveSubgraph, type Serving, type Subgraph } from "../serve-subgraph";
import { DEFAULT_REPORT_DUE, type CommonSettings } from "../settings";
import { readReferenceUnits } from "../territory/reference-file";
import { Territory } from "../territory/territory";
import type { EntryDesign } from "./entry/entry-house";
import { importReportFile } from "./exchange/file-import";
import { writeCallersTemplate } from "./exchange/template";
import {
  createInstitutionContext,
  type InstitutionContext,
  type InstitutionHouse,
} from "./institution-context";
import { InstitutionRepository, type InstitutionRecords } from "./institution.repository";
import { institutionResolvers, type InstitutionNames } from "./institution.resolvers";
import { ReportingRepository, yearsOfReports } from "./reporting.repository";
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
  /** Owners whose institutions are shown one by one only to those who have the right; they count in figures. */
  protectedSectors: readonly Sector[];
  entry: EntryDesign;
  /** Institutions that show how the hub works, by owner. */
  demonstration: (territory: Territory) => Map<Sector, WholeInstitution[]>;
}

/** Tells of every statement to a sector's database; the tests count them. */
export interface DatabaseHooks {
  onStatement?: (sector: Sector, sql: string) => void;
  deadlineMs?: number;
  log?: DatabaseOptions["log"];
}

/** The SDL below the folder with the value types that every subgraph of institutions shares. */
export function institutionSdl(folder: string): DocumentNode {
  return readSdl(folder, [
    "contact",
    "entry",
    "explanation",
    "history",
    "indicator-value",
    "institution",
    "page-info",
    "reporting",
    "rights",
    "scalars",
    "sector",
    "user-error",
  ]);
}

/** One database for each sector; without a URL it is a SQLite file in the sector's own folder. */
export function openSectorDatabases(
  { name, records, otherRecords, migrations }: InstitutionDesign,
  urls: ReadonlyMap<Sector, string | undefined>,
  dataDirectory: string,
  { onStatement, deadlineMs, log }: DatabaseHooks = {},
): Map<Sector, Database> {
  const { institution, placement, report, kind } = records;
  const open = (sector: Sector, url: string | undefined) => {
    const owner = sector.toLowerCase().replace("_", "-");
    return new Database({
      name: `${name}/${owner}`,
      url,
      file: join(dataDirectory, owner, `${name}.sqlite`),
      records: [
        institution,
        placement,
        report,
        ...(kind ? [kind] : []),
        ...otherRecords,
        ...ledgerRecords,
      ],
      migrations,
      deadlineMs,
      log,
      onStatement: onStatement && ((sql) => onStatement(sector, sql)),
    });
  };
  return new Map([...urls].map(([sector, url]) => [sector, open(sector, url)]));
}

/** What the parts stand on that are the same for every subgraph. */
export interface CommonParts {
  territory: Territory;
  agencies: AgencyDirectory;
  clock: () => Date;
  /** `MM-DD` of the year after: the last day on which an institution's report is in time. */
  reportDue?: string;
}

/** A subgraph of institutions over its owners' databases, without its schema: commands use it too. */
export function institutionHouse(
  design: InstitutionDesign,
  databases: ReadonlyMap<Sector, Database>,
  { territory, agencies, clock, reportDue = DEFAULT_REPORT_DUE }: CommonParts,
): InstitutionHouse {
  const { records, entry } = design;
  const hasRulings = design.otherRecords.includes(RulingRecord);
  return {
    name: design.name,
    repositories: mapValues(databases, (database) => new InstitutionRepository(database, records)),
    reporting: mapValues(databases, (database) => new ReportingRepository(database, records)),
    reportDue,
    ledgers: mapValues(databases, (database) => new Ledger(database, clock)),
    figures: mapValues(databases, (database) => new FigureRepository(database, design.figures)),
    indicators: design.indicators,
    protectedSectors: design.protectedSectors,
    records,
    entry,
    hasRulings,
    territory,
    agencies,
    today: () => dayInVietnam(clock()),
  };
}

/** The subgraph over its owners' databases and the territory that the reference file describes. */
export function createInstitutionSubgraph(
  design: InstitutionDesign,
  databases: ReadonlyMap<Sector, Database>,
  parts: CommonParts,
): Subgraph<InstitutionContext> {
  const house = institutionHouse(design, databases, parts);
  return {
    name: design.name,
    typeDefs: design.sdl(),
    resolvers: {
      DateTime: dateTimeScalar,
      ...institutionResolvers(design.names, {
        hasKinds: design.records.kind !== undefined,
        hasRulings: house.hasRulings,
      }),
    },
    databases: [...databases.values()],
    publishing: {
      protectedOwners: new Set(
        [...databases].flatMap(([sector, { name }]) =>
          design.protectedSectors.includes(sector) ? [name] : [],
        ),
      ),
      reportYears: (manager, ids) => yearsOfReports(manager, design.records.report, ids),
    },
    importFile: (caller, ask) => importReportFile(house, caller, ask),
    writeTemplate: (caller, ask) => writeCallersTemplate(house, databases, caller, ask),
    createContext: (caller) => createInstitutionContext(house, caller),
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
  environment: CommonSettings & { anyDatabaseConfigured: boolean },
  listen: { port: number; portSetting: string; gatewayKey: string | undefined },
): Promise<Serving> {
  const territory = readTerritory(environment.REFERENCE_UNITS);
  const telemetry = openTelemetry(design.name, environment);
  const { log } = telemetry;
  const databases = openSectorDatabases(design, urls, environment.DATA_DIRECTORY, { log });
  const all = [...databases.values()];
  if (!environment.anyDatabaseConfigured) {
    const filled = await Promise.all(all.map((database) => holdsInstitutions(design, database)));
    if (!filled.includes(true)) await loadDemonstration(design, databases, territory);
  }
  const subgraph = createInstitutionSubgraph(design, databases, {
    territory,
    agencies: readAgencyDirectory(environment.REFERENCE_AGENCIES),
    clock: () => new Date(),
    reportDue: environment.REPORT_DUE,
  });
  const doorman = createDoorman(design.name, environment, listen.gatewayKey);
  return serveSubgraph(subgraph, { ...listen, host: environment.HOST, doorman, telemetry });
}

function mapValues<Key, From, To>(
  map: ReadonlyMap<Key, From>,
  change: (value: From) => To,
): Map<Key, To> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
