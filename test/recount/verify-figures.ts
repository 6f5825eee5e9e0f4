import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  openSectorDatabases,
  loadDemonstration,
  readTerritory,
} from "../../subgraphs/foundation/institution/institution-subgraph";
import { culturalCentresDesign } from "../../subgraphs/cultural-centres/subgraph";
import { readEnvironment } from "../../subgraphs/libraries/environment";
import { librariesDesign } from "../../subgraphs/libraries/subgraph";
import { museumsDesign } from "../../subgraphs/museums/subgraph";
import { SECTORS, type Sector } from "../../subgraphs/foundation/sector";
import { compareFigures } from "./compare";
import { holdsData, places } from "./raw-rows";

const ROOT = join(__dirname, "../..");

/**
 * Counts every figure of the hub's present data a second time. Without any data, on demonstration data made for the
 * occasion.
 */
async function verify(): Promise<boolean> {
  const environment = readEnvironment();
  const referenceUnits = environment.REFERENCE_UNITS;
  const present = places(process.env, environment.DATA_DIRECTORY);
  if (Object.values(present).flat().every(holdsData)) {
    console.log(
      `Dữ liệu hiện có / The present data: ${environment.anyDatabaseConfigured ? "configured databases" : environment.DATA_DIRECTORY.replace(`${ROOT}/`, "")}`,
    );
    return told(
      await compareFigures(present, { dataDirectory: environment.DATA_DIRECTORY, referenceUnits }),
    );
  }
  const folder = await mkdtemp(join(tmpdir(), "verify-figures-"));
  try {
    console.log(
      "Chưa có dữ liệu: kiểm trên dữ liệu minh họa / No data yet: verifying demonstration data",
    );
    await makeDemonstration(folder, referenceUnits);
    return told(
      await compareFigures(places({}, folder), { dataDirectory: folder, referenceUnits }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function makeDemonstration(folder: string, referenceUnits: string): Promise<void> {
  const territory = readTerritory(referenceUnits);
  for (const [design, sectors] of [
    [librariesDesign, SECTORS],
    [museumsDesign, ["CULTURE"]],
    [culturalCentresDesign, ["CULTURE"]],
  ] as const) {
    const urls = new Map<Sector, undefined>(sectors.map((sector) => [sector, undefined]));
    const databases = openSectorDatabases(design, urls, folder, { deadlineMs: 60_000 });
    await loadDemonstration(design, databases, territory);
    for (const database of databases.values()) await database.close();
  }
}

function told({ compared, differences }: Awaited<ReturnType<typeof compareFigures>>): boolean {
  for (const difference of differences.slice(0, 50)) console.log(`  ${difference}`);
  console.log(
    `Đã so / Figures compared: ${compared}; khác nhau / differences: ${differences.length}`,
  );
  return compared > 0 && differences.length === 0;
}

if (require.main === module) {
  verify().then(
    (isRight) => (process.exitCode = isRight ? 0 : 1),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
