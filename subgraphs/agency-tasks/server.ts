import { runProcess } from "../foundation/run-process";
import { serveSubgraph, type Serving } from "../foundation/serve-subgraph";
import { openAgencyTasksDatabase } from "./databases";
import {
  hasReports,
  loadAgencyTasksDemonstration,
} from "./demonstration/agency-tasks-demonstration";
import { readEnvironment, type AgencyTasksEnvironment } from "./environment";
import { isReferenceCurrent, loadReference } from "./reference/load-reference";
import { createAgencyTasksSubgraph } from "./subgraph";

/**
 * An embedded database is filled with the reference files and, when no database of the hub is configured and nothing has
 * been reported yet, with demonstration data; a configured one is only served.
 * @throws ReferenceFileError when an embedded database's reference file is wrong.
 */
export async function startAgencyTasks(environment: AgencyTasksEnvironment): Promise<Serving> {
  const database = openAgencyTasksDatabase(environment);
  if (database.embedded) {
    if (!(await isReferenceCurrent(database, environment)))
      await loadReference(database, environment);
    if (!environment.anyDatabaseConfigured && !(await hasReports(database))) {
      await loadAgencyTasksDemonstration(database);
    }
  }
  return serveSubgraph(createAgencyTasksSubgraph({ database, clock: () => new Date() }), {
    host: environment.HOST,
    port: environment.AGENCY_TASKS_PORT,
    portSetting: "AGENCY_TASKS_PORT",
  });
}

if (require.main === module) {
  runProcess(async () => {
    const serving = await startAgencyTasks(readEnvironment());
    console.log(`agency-tasks: ${serving.url}`);
    return serving;
  });
}
