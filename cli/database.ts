import { openAgencyTasksDatabase } from "../subgraphs/agency-tasks/databases";
import { loadAgencyTasksDemonstration } from "../subgraphs/agency-tasks/demonstration/agency-tasks-demonstration";
import { readEnvironment as readAgencyTasksEnvironment } from "../subgraphs/agency-tasks/environment";
import { loadReference } from "../subgraphs/agency-tasks/reference/load-reference";
import { readEnvironment as readCulturalCentresEnvironment } from "../subgraphs/cultural-centres/environment";
import {
  culturalCentresDatabaseUrls,
  culturalCentresDesign,
} from "../subgraphs/cultural-centres/subgraph";
import type { Database } from "../subgraphs/foundation/database";
import {
  loadDemonstration,
  openSectorDatabases,
  readTerritory,
  requireNoInstitutions,
  type InstitutionDesign,
} from "../subgraphs/foundation/institution/institution-subgraph";
import type { Sector } from "../subgraphs/foundation/sector";
import { readEnvironment as readLibrariesEnvironment } from "../subgraphs/libraries/environment";
import { librariesDatabaseUrls, librariesDesign } from "../subgraphs/libraries/subgraph";
import { readEnvironment as readMuseumsEnvironment } from "../subgraphs/museums/environment";
import { museumsDatabaseUrls, museumsDesign } from "../subgraphs/museums/subgraph";

const USAGE = `Cách dùng / Usage:
  npm run db:migrate   cập nhật bảng và nạp tệp tham chiếu / bring tables and reference data up to date
  npm run db:revert    lùi lần cập nhật cuối của mỗi cơ sở dữ liệu / take each database's last migration back
  npm run db:demo      nạp dữ liệu minh họa vào cơ sở dữ liệu trống / fill empty databases with demonstration data`;

interface Institutions {
  design: InstitutionDesign;
  databases: Map<Sector, Database>;
}

function openInstitutions(): Institutions[] {
  const libraries = readLibrariesEnvironment();
  const museums = readMuseumsEnvironment();
  const centres = readCulturalCentresEnvironment();
  const open = (
    design: InstitutionDesign,
    urls: Map<Sector, string | undefined>,
  ): Institutions => ({
    design,
    databases: openSectorDatabases(design, urls, libraries.DATA_DIRECTORY, { deadlineMs: 600_000 }),
  });
  return [
    open(librariesDesign, librariesDatabaseUrls(libraries)),
    open(museumsDesign, museumsDatabaseUrls(museums)),
    open(culturalCentresDesign, culturalCentresDatabaseUrls(centres)),
  ];
}

async function migrate(agencyTasks: Database, institutions: Institutions[]): Promise<void> {
  for (const database of databasesOf(agencyTasks, institutions)) {
    const ran = await database.migrate();
    console.log(
      `${database.name}: ${ran.length > 0 ? ran.join(", ") : "đã mới nhất / up to date"}`,
    );
  }
  const counts = await loadReference(agencyTasks, readAgencyTasksEnvironment());
  console.log(`${agencyTasks.name}: tham chiếu / reference ${JSON.stringify(counts)}`);
}

async function revert(agencyTasks: Database, institutions: Institutions[]): Promise<void> {
  for (const database of databasesOf(agencyTasks, institutions)) {
    console.log(
      `${database.name}: ${(await database.revert()) ?? "không còn gì để lùi / nothing to revert"}`,
    );
  }
}

async function demonstrate(agencyTasks: Database, institutions: Institutions[]): Promise<void> {
  const territory = readTerritory(readLibrariesEnvironment().REFERENCE_UNITS);
  for (const { design, databases } of institutions) await requireNoInstitutions(design, databases);
  for (const { design, databases } of institutions) {
    const written = await loadDemonstration(design, databases, territory);
    console.log(`${design.name}: ${written} cơ sở minh họa / demonstration institutions`);
  }
  await loadAgencyTasksDemonstration(agencyTasks);
  console.log(
    `${agencyTasks.name}: tiến độ và báo cáo minh họa / demonstration progress and reports`,
  );
}

function databasesOf(agencyTasks: Database, institutions: Institutions[]): Database[] {
  return [agencyTasks, ...institutions.flatMap(({ databases }) => [...databases.values()])];
}

async function run(command: string | undefined): Promise<void> {
  const work = { migrate, revert, demo: demonstrate }[command ?? ""];
  if (!work) throw new Error(USAGE);
  const agencyTasks = openAgencyTasksDatabase(readAgencyTasksEnvironment(), {
    deadlineMs: 600_000,
  });
  const institutions = openInstitutions();
  try {
    await work(agencyTasks, institutions);
  } finally {
    for (const database of databasesOf(agencyTasks, institutions)) await database.close();
  }
}

run(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
