import { openSigningKey } from "../access/signing-key";
import { readEnvironment as readGatewayEnvironment } from "../gateway/environment";
import type { LocalSource } from "../gateway/subgraph/local-subgraph";
import { startGateway } from "../gateway/server";
import { readEnvironment as readAgencyTasksEnvironment } from "../subgraphs/agency-tasks/environment";
import { startAgencyTasks } from "../subgraphs/agency-tasks/server";
import { readEnvironment as readCulturalCentresEnvironment } from "../subgraphs/cultural-centres/environment";
import { startCulturalCentres } from "../subgraphs/cultural-centres/server";
import { readLanguage } from "../subgraphs/foundation/rights/caller";
import type { Serving } from "../subgraphs/foundation/serve-subgraph";
import { runProcess } from "../subgraphs/foundation/run-process";
import { readEnvironment as readLibrariesEnvironment } from "../subgraphs/libraries/environment";
import { startLibraries } from "../subgraphs/libraries/server";
import { readEnvironment as readMuseumsEnvironment } from "../subgraphs/museums/environment";
import { startMuseums } from "../subgraphs/museums/server";
import { startSeparately } from "./separate-process";

interface Started {
  url: string;
  stop(): Promise<void>;
}

const PROCESSES = ["one", "separate"];

/** @throws when the setting is neither. */
function isSeparate(): boolean {
  const setting = process.env.HUB_PROCESSES || "one";
  if (!PROCESSES.includes(setting))
    throw new Error(`HUB_PROCESSES: cần một trong / must be one of: ${PROCESSES.join(", ")}`);
  return setting === "separate";
}

/**
 * The whole hub: the gateway and the four subgraphs, each on its own port. In one process, unless `HUB_PROCESSES` says
 * otherwise, the gateway asks them without HTTP. A subgraph whose address is set (`LIBRARIES_URL` and so on) runs elsewhere
 * and is not started here.
 */
async function startHub(): Promise<Started> {
  const begin = performance.now();
  const settings = readGatewayEnvironment();
  const { access } = settings;
  const separate = isSeparate();
  const [agencyTasks, libraries, museums, culturalCentres] = [
    readAgencyTasksEnvironment(),
    readLibrariesEnvironment(),
    readMuseumsEnvironment(),
    readCulturalCentresEnvironment(),
  ];
  const subgraphs: [name: string, start: () => Promise<Serving>][] = [
    ["agency-tasks", () => startAgencyTasks(agencyTasks)],
    ["libraries", () => startLibraries(libraries)],
    ["museums", () => startMuseums(museums)],
    ["cultural-centres", () => startCulturalCentres(culturalCentres)],
  ];
  if (access.OIDC_ISSUER === undefined) openSigningKey(access.DATA_DIRECTORY);
  const started: Started[] = [];
  const stop = async () => {
    for (const part of [...started].reverse()) await part.stop();
  };
  const urls: Record<string, string> = {};
  const localSubgraphs: Record<string, LocalSource> = {};
  try {
    for (const [name, start] of subgraphs) {
      const elsewhere = process.env[`${name.toUpperCase().replace("-", "_")}_URL`];
      if (elsewhere) urls[name] = elsewhere;
      else if (separate) started.push(await startSeparately(name));
      else {
        const serving = await start();
        started.push(serving);
        localSubgraphs[name] = asSource(serving);
      }
      urls[name] ??= started.at(-1)!.url;
      console.log(`  ${name.padEnd(17)} ${urls[name]}`);
    }
    started.push(await startGateway({ ...settings, subgraphUrls: urls }, { localSubgraphs }));
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
      `Trang tổng quan / Dashboard: ${new URL("/", gateway.url).href}`,
      access.OIDC_ISSUER === undefined
        ? "Mã truy cập để ghi dữ liệu / Token to write with: npm run hub -- token --agency so-vhttdl --role reporter"
        : `Mã truy cập do ${access.OIDC_ISSUER} cấp. / Tokens are given by ${access.OIDC_ISSUER}.`,
      ...(libraries.anyDatabaseConfigured ? [] : DEMONSTRATION_NOTICE),
      "Dừng / Stop: Ctrl+C",
    ].join("\n"),
  );
  return { url: gateway.url, stop };
}

/** The gateway's word for who asks is enough within one process: it is the gateway that has checked the token. */
function asSource({ answer, dataVersions, publishedChanges }: Serving): LocalSource {
  return {
    answer: (question, { headers, viewer }) =>
      answer(
        question,
        { viewer, language: readLanguage(headers["accept-language"]) },
        headers["x-request-id"],
      ),
    dataVersions,
    publishedChanges,
  };
}

/** Embedded databases begin with invented institutions; nobody may take their figures for real ones. */
const DEMONSTRATION_NOTICE = [
  "DỮ LIỆU MINH HỌA: các cơ sở và báo cáo được sinh tự động, không phải số liệu thật. Kế hoạch, đơn vị hành chính, cơ quan là thật.",
  "DEMONSTRATION DATA: institutions and reports are generated, not real. The plan, the units and the agencies are real.",
];

runProcess(startHub);
