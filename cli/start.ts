import { readEnvironment as readGatewayEnvironment } from "../gateway/environment";
import { startGateway } from "../gateway/server";
import { readEnvironment as readAgencyTasksEnvironment } from "../subgraphs/agency-tasks/environment";
import { startAgencyTasks } from "../subgraphs/agency-tasks/server";
import { readEnvironment as readCulturalCentresEnvironment } from "../subgraphs/cultural-centres/environment";
import { startCulturalCentres } from "../subgraphs/cultural-centres/server";
import { runProcess } from "../subgraphs/foundation/run-process";
import { readEnvironment as readLibrariesEnvironment } from "../subgraphs/libraries/environment";
import { startLibraries } from "../subgraphs/libraries/server";
import { readEnvironment as readMuseumsEnvironment } from "../subgraphs/museums/environment";
import { startMuseums } from "../subgraphs/museums/server";

interface Started {
  url: string;
  stop(): Promise<void>;
}

/**
 * The whole hub in one process: the gateway and the four subgraphs, each on its own port. A subgraph whose address is set
 * (`LIBRARIES_URL` and so on) runs elsewhere and is not started here.
 */
async function startHub(): Promise<Started> {
  const begin = performance.now();
  const settings = readGatewayEnvironment();
  const subgraphs: [name: string, start: () => Promise<Started>][] = [
    ["agency-tasks", () => startAgencyTasks(readAgencyTasksEnvironment())],
    ["libraries", () => startLibraries(readLibrariesEnvironment())],
    ["museums", () => startMuseums(readMuseumsEnvironment())],
    ["cultural-centres", () => startCulturalCentres(readCulturalCentresEnvironment())],
  ];
  const started: Started[] = [];
  const stop = async () => {
    for (const part of [...started].reverse()) await part.stop();
  };
  const urls: Record<string, string> = {};
  try {
    for (const [name, start] of subgraphs) {
      const elsewhere = process.env[`${name.toUpperCase().replace("-", "_")}_URL`];
      if (!elsewhere) started.push(await start());
      urls[name] = elsewhere || started.at(-1)!.url;
      console.log(`  ${name.padEnd(17)} ${urls[name]}`);
    }
    started.push(await startGateway({ ...settings, subgraphUrls: urls }));
  } catch (error) {
    await stop();
    throw error;
  }
  const gateway = started.at(-1)!;
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(
    [
      "",
      `Trung tâm dữ liệu học tập suốt đời tỉnh Lai Châu đã sẵn sàng sau ${seconds} giây: ${gateway.url}`,
      `The hub is ready after ${seconds} s: open ${gateway.url} in a browser.`,
      ...demonstrationNotice(),
      "Dừng / Stop: Ctrl+C",
    ].join("\n"),
  );
  return { url: gateway.url, stop };
}

/** Embedded databases begin with invented institutions; nobody may take their figures for real ones. */
function demonstrationNotice(): string[] {
  if (readLibrariesEnvironment().anyDatabaseConfigured) return [];
  return [
    "DỮ LIỆU MINH HỌA: các cơ sở và báo cáo được sinh tự động, không phải số liệu thật. Kế hoạch, đơn vị hành chính, cơ quan là thật.",
    "DEMONSTRATION DATA: institutions and reports are generated, not real. The plan, the units and the agencies are real.",
  ];
}

runProcess(startHub);
