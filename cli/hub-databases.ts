import { openAgencyTasksDatabase } from "../subgraphs/agency-tasks/databases";
import {
  readEnvironment as readAgencyTasksEnvironment,
  type AgencyTasksEnvironment,
} from "../subgraphs/agency-tasks/environment";
import { readEnvironment as readCulturalCentresEnvironment } from "../subgraphs/cultural-centres/environment";
import {
  culturalCentresDatabaseUrls,
  culturalCentresDesign,
} from "../subgraphs/cultural-centres/subgraph";
import type { Database } from "../subgraphs/foundation/database";
import {
  openSectorDatabases,
  type InstitutionDesign,
} from "../subgraphs/foundation/institution/institution-subgraph";
import type { Sector } from "../subgraphs/foundation/sector";
import { readEnvironment as readLibrariesEnvironment } from "../subgraphs/libraries/environment";
import { librariesDatabaseUrls, librariesDesign } from "../subgraphs/libraries/subgraph";
import { readEnvironment as readMuseumsEnvironment } from "../subgraphs/museums/environment";
import { museumsDatabaseUrls, museumsDesign } from "../subgraphs/museums/subgraph";

/** One subgraph of institutions with its owners' databases. */
export interface Institutions {
  design: InstitutionDesign;
  databases: Map<Sector, Database>;
}

/** Every database of the hub, as the settings name them; each connects when it is first asked. */
export interface HubDatabases {
  settings: AgencyTasksEnvironment;
  agencyTasks: Database;
  institutions: Institutions[];
  all: Database[];
}

/** Commands have time: a migration or an import may take as long as it takes. */
const PATIENCE_MS = 600_000;

/** Opens them for the work, and closes them whatever comes of it. */
export async function withHubDatabases<Result>(
  work: (databases: HubDatabases) => Promise<Result>,
): Promise<Result> {
  const settings = readAgencyTasksEnvironment();
  const open = (
    design: InstitutionDesign,
    urls: Map<Sector, string | undefined>,
  ): Institutions => ({
    design,
    databases: openSectorDatabases(design, urls, settings.DATA_DIRECTORY, {
      deadlineMs: PATIENCE_MS,
    }),
  });
  const agencyTasks = openAgencyTasksDatabase(settings, { deadlineMs: PATIENCE_MS });
  const institutions = [
    open(librariesDesign, librariesDatabaseUrls(readLibrariesEnvironment())),
    open(museumsDesign, museumsDatabaseUrls(readMuseumsEnvironment())),
    open(culturalCentresDesign, culturalCentresDatabaseUrls(readCulturalCentresEnvironment())),
  ];
  const all = [agencyTasks, ...institutions.flatMap(({ databases }) => [...databases.values()])];
  try {
    return await work({ settings, agencyTasks, institutions, all });
  } finally {
    for (const database of all) await database.close();
  }
}
