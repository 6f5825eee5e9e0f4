import { spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { knownOperations } from "../test/testkit/operations";
import { CLASSIC, CLASSIC_OPERATIONS, CLASSIC_V1 } from "./gateway/classic-schema";
import { alone, AWAKE_MS, measure, peakMb, type Measured, type Query } from "./gateway/measure";
import { contend, node, OTHERS } from "./gateway/start-contender";
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
const WARM_UP_SECONDS = 3;
const REFERENCE = "apollo-stock";

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

async function ask(url: string, { query, variables }: Query): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

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
          rssMb: peakMb(contenders.get(contender)!),
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
