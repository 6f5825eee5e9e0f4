import { loadAgencyTasksDemonstration } from "../subgraphs/agency-tasks/demonstration/agency-tasks-demonstration";
import { loadReference } from "../subgraphs/agency-tasks/reference/load-reference";
import {
  loadDemonstration,
  readTerritory,
  requireNoInstitutions,
} from "../subgraphs/foundation/institution/institution-subgraph";
import { withHubDatabases, type HubDatabases } from "./hub-databases";

const USAGE = `Cách dùng / Usage:
  npm run db:migrate   cập nhật bảng và nạp tệp tham chiếu / bring tables and reference data up to date
  npm run db:revert    lùi lần cập nhật cuối của mỗi cơ sở dữ liệu / take each database's last migration back
  npm run db:demo      nạp dữ liệu minh họa vào cơ sở dữ liệu trống / fill empty databases with demonstration data`;

async function migrate({ settings, agencyTasks, all }: HubDatabases): Promise<void> {
  for (const database of all) {
    const ran = await database.migrate();
    console.log(
      `${database.name}: ${ran.length > 0 ? ran.join(", ") : "đã mới nhất / up to date"}`,
    );
  }
  const counts = await loadReference(agencyTasks, settings);
  console.log(`${agencyTasks.name}: tham chiếu / reference ${JSON.stringify(counts)}`);
}

async function revert({ all }: HubDatabases): Promise<void> {
  for (const database of all) {
    console.log(
      `${database.name}: ${(await database.revert()) ?? "không còn gì để lùi / nothing to revert"}`,
    );
  }
}

async function demonstrate({ settings, agencyTasks, institutions }: HubDatabases): Promise<void> {
  const territory = readTerritory(settings.REFERENCE_UNITS);
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

async function run(command: string | undefined): Promise<void> {
  const work = { migrate, revert, demo: demonstrate }[command ?? ""];
  if (!work) throw new Error(USAGE);
  await withHubDatabases(work);
}

run(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
