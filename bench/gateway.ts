import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { knownOperations } from "../test/testkit/operations";
import { CLASSIC, CLASSIC_OPERATIONS, CLASSIC_V1 } from "./gateway/classic-schema";
import { median, publish } from "./side-by-side";

/**
 * How many requests a second each gateway answers, over subgraphs that answer from memory: ours, Apollo's as it comes and
 * tuned, Hive's, Mercurius's, and beside them a server without federation, a bare node:http, and one that hands a question on
 * to a subgraph and does nothing else. Each has a process of its own on the first core; subgraphs and the load (50 connections
 * of `wrk`) are on the second. While one is measured the others are stopped (SIGSTOP), so that what they do when nobody asks is
 * not its loss. Beside the rate stands the processor time that a request took of the contender's whole process: a machine that
 * gives its cores to others now and then changes that little.
 * Every answer is compared with Apollo's before it counts, and every request has a header of its own and asks for no cache;
 * but for `hub-cached…`, which knows the operations and may remember.
 */

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "4" },
    queries: { type: "string" },
    contenders: { type: "string" },
  },
});
const ROUNDS = Number(options.rounds);
const SECONDS = Number(options.seconds);
const only = (list: string | undefined, name: string) => !list || list.split(",").includes(name);

const ROOT = join(__dirname, "..");
const OTHERS = join(__dirname, "contenders");
const CONNECTIONS = 50;
const WARM_UP_SECONDS = 3;
const REFERENCE = "apollo-stock";

interface Query {
  name: string;
  query: string;
  variables: object;
}

/** One supergraph, what is asked of it, and who can answer. */
interface Arena {
  name: "classic" | "hub";
  queries: readonly Query[];
  contenders: readonly string[];
  /** With the subgraphs' addresses put in. */
  supergraph: (urls: Record<string, string>) => string;
}

const EVERYWHERE = [
  "hub-http",
  "hub-one-process",
  "hub-cached",
  "hub-cached-one-process",
  "apollo-stock",
  "apollo-tuned",
  "hive",
  "hive-rust",
];

const ARENAS: readonly Arena[] = [
  {
    name: "classic",
    queries: Object.entries(CLASSIC_OPERATIONS).map(([name, query]) => ({
      name,
      query,
      variables: {},
    })),
    contenders: [...EVERYWHERE, "mercurius", "apollo-monolith", "bare-http", "bare-proxy"],
    supergraph: (urls) => {
      const services = Object.entries(CLASSIC).map(([name, { sdl }]) => ({
        name,
        url: urls[name]!,
        typeDefs: parse(sdl),
      }));
      const { supergraphSdl, errors } = composeServices(services);
      if (errors) throw new AggregateError(errors);
      return supergraphSdl;
    },
  },
  {
    name: "hub",
    queries: knownOperations.map((operation) => ({
      ...operation,
      name: operation.name === "cross-sector-coverage" ? "coverage" : operation.name,
    })),
    // Mercurius's gateway knows Federation 1 only.
    contenders: [...EVERYWHERE, "bare-http"],
    // Nothing that is measured asks the gateway's own graph for nodes, and the others want an address for it.
    supergraph: (urls) =>
      Object.entries({ ...urls, node: "http://127.0.0.1:9/graphql" }).reduce(
        (sdl, [name, url]) =>
          sdl.replace(
            new RegExp(`@join__graph\\(name: "${name}", url: "[^"]*"\\)`, "u"),
            `@join__graph(name: "${name}", url: "${url}")`,
          ),
        readFileSync(join(ROOT, "schema/supergraph.graphql"), "utf8"),
      ),
  },
];

interface Served {
  process: ChildProcess;
  told: string;
}

interface Contender {
  process: ChildProcess;
  url: string;
}

/** Starts a process on one core and waits for the line that it prints once it serves. */
function start(
  core: number,
  isReady: RegExp,
  command: string,
  ...words: string[]
): Promise<Served> {
  const child = spawn("taskset", ["-c", String(core), command, ...words], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", APOLLO_TELEMETRY_DISABLED: "1" },
  });
  let printed = "";
  return new Promise((resolve, reject) => {
    const hear = (text: Buffer) => {
      printed += text.toString();
      const line = printed.split("\n").find((each) => isReady.test(each));
      if (line !== undefined) resolve({ process: child, told: line });
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", (code) =>
      reject(new Error(`${command} ${words.join(" ")}: ${code}\n${printed}`)),
    );
  });
}

const node = (core: number, isReady: RegExp, ...words: string[]) =>
  start(core, isReady, process.execPath, "--import", "tsx", ...words);

let nextPort = 4310;

/** A contender, serving on the first core; the address that it is asked at. */
async function contend(
  name: string,
  fieldPath: string,
  supergraphPath: string,
): Promise<Contender> {
  const ready = /^http:\S+$/u;
  if (name === "mercurius") {
    const script = join(OTHERS, "mercurius.cjs");
    const served = await start(0, ready, process.execPath, script, fieldPath);
    return { process: served.process, url: served.told };
  }
  if (name === "hive" || name === "hive-rust") {
    const port = (nextPort += 1);
    const script = join(OTHERS, "node_modules/@graphql-hive/gateway/dist/bin.js");
    const rust = name === "hive-rust" ? ["--hive-router-runtime"] : [];
    const words = ["supergraph", supergraphPath, "-h", "127.0.0.1", "-p", String(port), ...rust];
    const served = await start(0, /Listening|listening/u, process.execPath, script, ...words);
    return { process: served.process, url: `http://127.0.0.1:${port}/graphql` };
  }
  // As package.json starts them.
  const young = name.startsWith("hub") ? ["--max-semi-space-size=64"] : [];
  const old = name === "hub-http" || name === "hub-cached" ? ["--max-old-space-size=1024"] : [];
  const script = join(__dirname, "gateway/contender.ts");
  const served = await node(0, ready, ...young, ...old, script, name, fieldPath);
  return { process: served.process, url: served.told };
}

async function ask(url: string, { query, variables }: Query): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

interface Measured {
  rps: number;
  /** Of the contender's process, for one request. */
  cpuMs: number;
  p50Ms: number;
  p99Ms: number;
}

/** Processor time that a process has taken so far, in all its threads. */
function cpuMsOf({ pid }: ChildProcess): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(afterName[11]) + Number(afterName[12])) * MS_PER_TICK;
}

const MS_PER_TICK = 1000 / Number(spawnSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).stdout);

/** What a contender does while the others are stopped. */
async function alone<Result>({ process: its }: Contender, act: () => Result): Promise<Result> {
  its.kill("SIGCONT");
  await setTimeout(AWAKE_MS);
  const result = act();
  await setTimeout(AWAKE_MS);
  its.kill("SIGSTOP");
  return result;
}

/** Time to see, before, that connections were closed meanwhile; and to finish, after, what the load left behind. */
const AWAKE_MS = 500;

function measure(
  name: string,
  { process: its, url }: Contender,
  { query, variables }: Query,
  seconds: number,
  folder: string,
): Measured {
  const noCache = name.startsWith("hub-cached") ? "" : `["cache-control"] = "no-cache", `;
  const script = join(folder, "load.lua");
  const body = JSON.stringify({ query, variables });
  writeFileSync(
    script,
    `wrk.method = "POST"
local count = 0
local body = ${JSON.stringify(body)}
request = function()
  count = count + 1
  return wrk.format(nil, nil, {["content-type"] = "application/json", ["accept"] = "application/json",
    ${noCache}["x-unique"] = tostring(count) .. "-${Date.now()}"}, body)
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
`,
  );
  const cpuBefore = cpuMsOf(its);
  const run = spawnSync(
    "taskset",
    [
      ...["-c", "1", "wrk", "-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "--timeout", "60s"],
      ...["-s", script, url],
    ],
    { encoding: "utf8" },
  );
  const found = /RESULT (\d+) (\d+) (\d+) (\d+) (\d+)/u.exec(run.stdout);
  if (!found) throw new Error(`wrk: ${run.error?.message ?? run.stderr + run.stdout}`);
  const [requests = 0, micros = 1, p50 = 0, p99 = 0, errors = 0] = found.slice(1).map(Number);
  if (errors > 0) throw new Error(`${errors} of ${requests} requests failed at ${url}`);
  return {
    rps: requests / (micros / 1e6),
    cpuMs: (cpuMsOf(its) - cpuBefore) / requests,
    p50Ms: p50 / 1000,
    p99Ms: p99 / 1000,
  };
}

const peakMb = ({ pid }: ChildProcess): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/u.exec(status)![1]) / 1024);
};

async function compete(arena: Arena, folder: string) {
  const queries = arena.queries.filter(({ name }) => only(options.queries, name));
  if (queries.length === 0) return [];
  const wanted = arena.contenders.filter(
    (name) => name === REFERENCE || only(options.contenders, name),
  );
  const running: ChildProcess[] = [];
  try {
    const subgraphs = await node(
      1,
      /^\{/u,
      join(__dirname, "gateway/serve-subgraphs.ts"),
      arena.name,
    );
    running.push(subgraphs.process);
    const urls = JSON.parse(subgraphs.told) as Record<string, string>;
    const supergraphPath = join(folder, `${arena.name}.graphql`);
    writeFileSync(supergraphPath, arena.supergraph(urls));
    const fieldPath = join(folder, `${arena.name}.json`);
    const operationsPath = join(folder, arena.name);
    mkdirSync(operationsPath);
    for (const { name, query } of queries)
      writeFileSync(join(operationsPath, `${name}.graphql`), query);
    const answers: Record<string, string> = {};
    const field = { supergraphPath, operationsPath, urls, v1: CLASSIC_V1, answers };
    writeFileSync(fieldPath, JSON.stringify(field));

    const reference = await contend(REFERENCE, fieldPath, supergraphPath);
    running.push(reference.process);
    const right = new Map<string, unknown>();
    for (const query of queries) {
      const answer = await ask(reference.url, query);
      right.set(query.name, answer);
      const { query: text, variables } = query;
      field.answers[JSON.stringify({ query: text, variables })] = JSON.stringify(answer);
    }
    writeFileSync(fieldPath, JSON.stringify(field));
    const contenders = new Map([[REFERENCE, reference]]);
    for (const name of wanted) {
      if (name === REFERENCE) continue;
      const contender = await contend(name, fieldPath, supergraphPath);
      running.push(contender.process);
      contenders.set(name, contender);
    }

    const rows: Record<string, string | number>[] = [];
    for (const query of queries) {
      const size = JSON.stringify(right.get(query.name)).length;
      const taken = new Map<string, Measured[]>();
      for (const [name, contender] of contenders) {
        contender.process.kill("SIGCONT");
        await setTimeout(AWAKE_MS);
        const answer = await ask(contender.url, query);
        if (!isDeepStrictEqual(answer, right.get(query.name))) {
          console.log(`${name} answers ${query.name} otherwise than ${REFERENCE}: not counted`);
          continue;
        }
        taken.set(name, []);
      }
      for (const { process: each } of contenders.values()) each.kill("SIGSTOP");
      const inTurn = async (seconds: number, isCounted: boolean) => {
        for (const [name, all] of taken) {
          const contender = contenders.get(name)!;
          const one = await alone(contender, () =>
            measure(name, contender, query, seconds, folder),
          );
          if (isCounted) all.push(one);
        }
      };
      await inTurn(WARM_UP_SECONDS, false);
      for (let round = 0; round < ROUNDS; round += 1) await inTurn(SECONDS, true);
      for (const [contender, all] of taken) {
        const rates = all.map(({ rps }) => rps);
        const of = (pick: (one: Measured) => number) => Number(median(all.map(pick)).toFixed(2));
        const row = {
          query: query.name,
          bytes: size,
          contender,
          rps: Math.round(median(rates)),
          lowest: Math.round(Math.min(...rates)),
          highest: Math.round(Math.max(...rates)),
          cpuMs: Number(median(all.map(({ cpuMs }) => cpuMs)).toFixed(3)),
          p50Ms: of(({ p50Ms }) => p50Ms),
          p99Ms: of(({ p99Ms }) => p99Ms),
          rssMb: peakMb(contenders.get(contender)!.process),
        };
        rows.push(row);
        console.log(
          `${query.name} ${contender}: ${row.rps} rps (${row.lowest}-${row.highest}), ${row.cpuMs} ms of processor, p50 ${row.p50Ms} ms, p99 ${row.p99Ms} ms, ${row.rssMb} MB`,
        );
      }
    }
    return rows;
  } finally {
    for (const one of running) one.removeAllListeners("exit").kill("SIGKILL");
  }
}

async function run(): Promise<void> {
  if (spawnSync("wrk", ["--version"]).error)
    throw new Error("Thiếu wrk / wrk is missing: apt-get install wrk");
  const needsOthers = ["hive", "hive-rust", "mercurius"].some((name) =>
    only(options.contenders, name),
  );
  if (needsOthers && !existsSync(join(OTHERS, "node_modules"))) {
    console.log("Installing the contenders' packages …");
    spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: OTHERS });
  }
  const folder = mkdtempSync(join(tmpdir(), "bench-gateway-"));
  const rows: Record<string, string | number>[] = [];
  for (const arena of ARENAS) rows.push(...(await compete(arena, folder)));
  rmSync(folder, { recursive: true, force: true });
  publish("gateway", rows);
}

void run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
