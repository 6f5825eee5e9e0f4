import { openTelemetry } from "../../telemetry/telemetry";
import { readAgencyDirectory } from "../foundation/rights/agency-directory";
import { createDoorman } from "../foundation/rights/doorman";
import { runProcess } from "../foundation/run-process";
import { serveSubgraph, type Serving } from "../foundation/serve-subgraph";
import { readReferenceUnits } from "../foundation/territory/reference-file";
import { Territory } from "../foundation/territory/territory";
import { openAgencyTasksDatabase } from "./databases";
import {
  hasReports,
  loadAgencyTasksDemonstration,
} from "./demonstration/agency-tasks-demonstration";
import { readEnvironment, type AgencyTasksEnvironment } from "./environment";
import { isReferenceCurrent, loadReference } from "./reference/load-reference";
import { hubAt } from "./sealed-report/hub-figures";
import { createAgencyTasksSubgraph } from "./subgraph";

/**
 * An embedded database is filled with the reference files and, when no database of the hub is configured and nothing has
 * been reported yet, with demonstration data; a configured one is only served.
 * @throws ReferenceFileError when an embedded database's reference file is wrong.
 */
export async function startAgencyTasks(environment: AgencyTasksEnvironment): Promise<Serving> {
  const telemetry = openTelemetry("agency-tasks", environment);
  const database = openAgencyTasksDatabase(environment, { log: telemetry.log });
  if (database.embedded) {
    if (!(await isReferenceCurrent(database, environment)))
      await loadReference(database, environment);
    if (!environment.anyDatabaseConfigured && !(await hasReports(database))) {
      await loadAgencyTasksDemonstration(database);
    }
  }
  const subgraph = createAgencyTasksSubgraph({
    database,
    territory: new Territory(readReferenceUnits(environment.REFERENCE_UNITS)),
    agencies: readAgencyDirectory(environment.REFERENCE_AGENCIES),
    clock: () => new Date(),
    askHub: hubAt(environment.HUB_URL),
  });
  return serveSubgraph(subgraph, {
    doorman: createDoorman("agency-tasks", environment, environment.AGENCY_TASKS_GATEWAY_KEY),
    host: environment.HOST,
    port: environment.AGENCY_TASKS_PORT,
    portSetting: "AGENCY_TASKS_PORT",
    telemetry,
  });
}

if (require.main === module) {
  runProcess(async () => {
    const serving = await startAgencyTasks(readEnvironment());
    console.log(`agency-tasks: ${serving.url}`);
    return serving;
  });
}
