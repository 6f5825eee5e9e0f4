import { fork, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Client } from "undici";
import { composeSmallHub } from "../test/testkit/small-hub";
import { forkGateway } from "./gateway/fork-gateway";
import { publish } from "./side-by-side";

/**
 * What the gateway does when it is asked far more than it can answer, for a minute: how much it answers, how soon it refuses the
 * rest, how much memory it takes, and how fast it is in each of the five seconds after. The load is 50 connections of `wrk`
 * for what it can bear, and 3000 that send as fast as they are answered or refused for what it cannot. Beside them ask clients
 * that do as they are told, each on a connection of its own and once in two seconds, ten times a second together: they tell
 * how long answers and refusals take. The gateway has the first core, all others the second.
 */

const { values: options } = parseArgs({ options: { seconds: { type: "string", default: "60" } } });
/** Heavy enough that ten times as many of it can be refused as answered. */
const UNIT = `{ name  libraryIndicators { value }  museumIndicators { value }  culturalCentreIndicators { value }
  subdivisions { code name libraryIndicators { value indicator { name } } } }`;
const QUERY = `query Units($code: ID!) { ${Array.from(
  { length: 8 },
  (_, at) => `unit${at}: administrativeUnit(code: $code) ${UNIT}`,
).join(" ")} }`;
const BODY = JSON.stringify({ query: QUERY, variables: { code: "12" } });
/** Beyond its time, before a load or a question counts as hung. */
const PATIENCE_S = 20;
const HEADERS = { "content-type": "application/json", "cache-control": "no-cache" };

interface Load {
  /** In a second. */
  answered: number;
  refused: number;
}

async function load(url: string, script: string, connections: number, seconds: number) {
  const words = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "60s", "-s", script, url];
  const signal = AbortSignal.timeout((seconds + PATIENCE_S) * 1000);
  const wrk = spawn("wrk", words, { signal });
  let printed = "";
  wrk.stdout.on("data", (text: Buffer) => (printed += text.toString()));
  await once(wrk, "close");
  const found = /RESULT (\d+) (\d+) (\d+) (\d+)/u.exec(printed);
  if (!found) throw new Error(`wrk: ${printed}`);
  const [requests = 0, refused = 0, broken = 0, micros = 1] = found.slice(1).map(Number);
  if (broken > 0) console.log(`${broken} connections broke or timed out`);
  const per = (count: number) => Math.round(count / (micros / 1e6));
  return { answered: per(requests - refused), refused: per(refused) } satisfies Load;
}

/** How long answers and refusals took, in milliseconds, sorted; and what came of the rest. */
interface Probed {
  answered: number[];
  refused: number[];
  /** Answers that lack something. */
  inPart: number;
  /** Asked in vain: by what went wrong. */
  unanswered: Map<string, number>;
}

const PROBES = 20;

/** Asks ten times a second until told to stop, each client once in two seconds. */
function probe(url: string) {
  const { origin, pathname: path } = new URL(url);
  const clients = Array.from({ length: PROBES }, () => new Client(origin));
  const stopping = new AbortController();
  const probed: Probed = { answered: [], refused: [], inPart: 0, unanswered: new Map() };
  const ask = async (client: Client) => {
    const began = performance.now();
    const signal = AbortSignal.timeout(PATIENCE_S * 1000);
    const asked = { method: "POST", path, headers: HEADERS, body: BODY, signal } as const;
    const { statusCode, headers, body } = await client.request(asked);
    const { errors } = (await body.json()) as { errors?: unknown };
    const elapsed = performance.now() - began;
    if (statusCode === 503 && headers["retry-after"] !== undefined)
      return void probed.refused.push(elapsed);
    if (statusCode !== 200) throw new Error(`${statusCode} without Retry-After`);
    if (errors) probed.inPart += 1;
    probed.answered.push(elapsed);
  };
  const note = (error: { message: string; cause?: { code?: string } }) => {
    const what = error.cause?.code ?? error.message;
    probed.unanswered.set(what, (probed.unanswered.get(what) ?? 0) + 1);
  };
  const done = (async () => {
    const asking: Promise<void>[] = [];
    while (!stopping.signal.aborted) {
      asking.push(ask(clients[asking.length % PROBES]!).catch(note));
      await setTimeout(100);
    }
    await Promise.all(asking);
    await Promise.all(clients.map((client) => client.destroy()));
    for (const times of [probed.answered, probed.refused]) times.sort((one, other) => one - other);
    return probed;
  })();
  return () => {
    stopping.abort();
    return done;
  };
}

const at = (times: readonly number[], share: number): number =>
  Math.round(times[Math.floor(times.length * share)] ?? 0);

async function run(): Promise<void> {
  if (spawnSync("wrk", ["--version"]).error)
    throw new Error("Thiếu wrk / wrk is missing: apt-get install wrk");
  const folder = mkdtempSync(join(tmpdir(), "bench-shedding-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  writeFileSync(supergraphPath, composeSmallHub());
  const script = join(folder, "load.lua");
  const headers = Object.entries(HEADERS).map(([name, value]) => `["${name}"] = "${value}"`);
  writeFileSync(
    script,
    `wrk.method = "POST"
wrk.body = ${JSON.stringify(BODY)}
wrk.headers = {${headers.join(", ")}}
done = function(summary)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d\\n", summary.requests, e.status, e.connect + e.read + e.write + e.timeout, summary.duration))
end
`,
  );
  const subgraphs = fork(join(__dirname, "shedding/serve-subgraphs.ts"), {
    execArgv: ["--import", "tsx"],
  });
  const [urls] = (await once(subgraphs, "message")) as [Record<string, string>];
  const gateway = forkGateway(supergraphPath, urls, folder, 2000);
  const [{ url }] = (await once(gateway, "message")) as [{ url: string }];
  for (const [core, pid] of [
    [0, gateway.pid],
    [1, subgraphs.pid],
    [1, process.pid],
  ])
    spawnSync("taskset", ["-acp", String(core), String(pid)]);
  try {
    await load(url, script, 50, 3);
    const able = await load(url, script, 50, 5);
    const stopProbe = probe(url);
    const flooded = await load(url, script, 3000, Number(options.seconds));
    const probing = stopProbe();
    const peak = /VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${gateway.pid}/status`, "utf8"))![1];
    const after: number[] = [];
    for (let second = 0; second < 5; second += 1)
      after.push((await load(url, script, 50, 1)).answered);
    const { answered, refused, inPart, unanswered } = await probing;
    publish("shedding", [
      {
        seconds: Number(options.seconds),
        ableRps: able.answered,
        askedRps: flooded.answered + flooded.refused,
        answeredRps: flooded.answered,
        refusedRps: flooded.refused,
        refusedP50Ms: at(refused, 0.5),
        refusedP99Ms: at(refused, 0.99),
        answeredP50Ms: at(answered, 0.5),
        answeredP99Ms: at(answered, 0.99),
        answeredInPart: inPart,
        unanswered: [...unanswered].map(([what, times]) => `${times} ${what}`).join(", ") || 0,
        peakMb: Math.round(Number(peak) / 1024),
        afterRps: after.join(" "),
      },
    ]);
    if (Math.max(...after) < 0.8 * able.answered)
      throw new Error("after five seconds the gateway is not as fast as it was");
  } finally {
    gateway.kill();
    subgraphs.kill();
    rmSync(folder, { recursive: true });
  }
}

void run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
