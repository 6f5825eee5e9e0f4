import { spawnSync, type ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Contender } from "./start-contender";

const CONNECTIONS = 50;

/** An operation that is asked over and over. */
export interface Query {
  name: string;
  query: string;
  variables: object;
}

export interface Measured {
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
export async function alone<Result>(
  { process: its }: Contender,
  act: () => Result,
): Promise<Result> {
  its.kill("SIGCONT");
  await setTimeout(AWAKE_MS);
  const result = act();
  await setTimeout(AWAKE_MS);
  its.kill("SIGSTOP");
  return result;
}

/** Time to see, before, that connections were closed meanwhile; and to finish, after, what the load left behind. */
export const AWAKE_MS = 500;

export function measure(
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

export const peakMb = ({ process: { pid } }: Contender): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/u.exec(status)![1]) / 1024);
};
