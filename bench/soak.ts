import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { FAULTS, openFaultyFront } from "../test/testkit/faulty-front";
import { composeSmallHub, SMALL_NAMES, startSmallHub } from "../test/testkit/small-hub";
import { forkGateway } from "./gateway/fork-gateway";
import { median, publish } from "./side-by-side";

/**
 * Whether the gateway keeps anything that it should forget: for twenty minutes its subgraphs fail in every way by turns, its
 * supergraph is swapped, and clients ask known and made-up operations. Its heap, after collection, may not have grown by
 * more than 5 % from the first third to the last; a fifth of the time before is warming up.
 */

const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "20" },
    clients: { type: "string", default: "8" },
  },
});
const DURATION_MS = Number(options.minutes) * 60_000;
const CLIENTS = Number(options.clients);
const SAMPLES = 40;
const MAX_GROWTH = 0.05;

const QUERIES = [
  `{ museums { name } libraries { name agency { name } } }`,
  `query Unit($code: ID!) { administrativeUnit(code: $code) {
    name  libraryIndicators { value }  museumIndicators { value }  culturalCentreIndicators { value }
    subdivisions { code libraryIndicators { value indicator { name } } } } }`,
  `{ records { ... on Library { name } ... on Museum { name } } }`,
  `{ nothing }`,
  `{ museums { name `,
];

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "soak-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  await writeFile(supergraphPath, composeSmallHub());
  const hub = await startSmallHub();
  const fronts = await Promise.all(
    SMALL_NAMES.map((name) => openFaultyFront(hub.subgraphs[name].url)),
  );
  const urls = Object.fromEntries(SMALL_NAMES.map((name, at) => [name, fronts[at]!.url]));
  const gateway = forkGateway(supergraphPath, urls, folder, 400);
  gateway.once("exit", (code) => {
    throw new Error(`the gateway ended with ${code}`);
  });
  const { url } = await told<{ url: string }>(gateway);

  const end = performance.now() + DURATION_MS;
  let isPaused = false;
  let underWay = 0;
  const ask = async (turn: number) => {
    const query = QUERIES[turn % QUERIES.length]!;
    // Half of them are asked by nobody else ever.
    const text = turn % 2 === 0 ? query : `${query} # ${turn} ${Math.random()}`;
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: text, variables: { code: "12" } }),
    });
    const { errors } = (await response.json()) as {
      errors?: { extensions: { code: string; reason?: string } }[];
    };
    const { code, reason } = errors?.[0]?.extensions ?? { code: "whole" };
    count(`${response.status} ${reason ?? code}`);
  };
  const client = async (start: number) => {
    for (let turn = start; performance.now() < end; turn += CLIENTS) {
      while (isPaused) await setTimeout(20);
      underWay += 1;
      await ask(turn).finally(() => (underWay -= 1));
    }
  };
  let faults = 0;
  const trouble = async () => {
    for (; performance.now() < end; faults += 1) {
      const front = fronts[faults % fronts.length]!;
      await front.break(FAULTS[faults % FAULTS.length]!);
      await setTimeout(1000);
      await front.mend();
      await setTimeout(1000);
    }
  };
  let swaps = 0;
  const swap = async () => {
    swaps += 1;
    await writeFile(
      supergraphPath,
      composeSmallHub({ more: { museums: `type Swap${swaps % 10} { id: ID }` } }),
    );
    await setTimeout(500);
  };
  const heaps: number[] = [];
  let rss = 0;
  const sample = async () => {
    for (let at = 1; at <= SAMPLES; at += 1) {
      const due = end - DURATION_MS + (at * DURATION_MS) / SAMPLES;
      while (performance.now() < due - 12_000) {
        await setTimeout(5000);
        await swap();
      }
      await setTimeout(Math.max(0, due - performance.now()));
      isPaused = true;
      while (underWay > 0) await setTimeout(20);
      // A fresh supergraph each time, so that every sample holds as much of what was prepared for it.
      await swap();
      await setTimeout(1000);
      gateway.send("heap");
      const memory = await told<{ heapUsed: number; rss: number }>(gateway);
      isPaused = false;
      heaps.push(memory.heapUsed);
      rss = Math.max(rss, memory.rss);
      console.log(
        `${Math.round((at * DURATION_MS) / SAMPLES / 1000)} s: ${mb(memory.heapUsed)} MB in use, ${mb(memory.rss)} MB resident`,
      );
    }
  };
  await Promise.all([
    ...Array.from({ length: CLIENTS }, (_, start) => client(start)),
    trouble(),
    sample(),
  ]);

  gateway.removeAllListeners("exit").kill();
  for (const front of fronts) await front.stop();
  await hub.stop();
  await rm(folder, { recursive: true });

  const warm = heaps.slice(SAMPLES / 5);
  const third = Math.floor(warm.length / 3);
  const before = median(warm.slice(0, third));
  const after = median(warm.slice(-third));
  const growth = after / before - 1;
  const answered = Object.fromEntries([...counts].sort());
  console.table(answered);
  publish("soak", [
    {
      minutes: Number(options.minutes),
      answers: [...counts.values()].reduce((sum, each) => sum + each, 0),
      faults,
      swaps,
      heapBeforeMb: mb(before),
      heapAfterMb: mb(after),
      growthPercent: Number((growth * 100).toFixed(2)),
      residentMb: mb(rss),
    },
  ]);
  const broken = [...counts.keys()].filter((what) => /^5|INTERNAL_SERVER_ERROR/u.test(what));
  if (broken.length > 0) throw new Error(`answers that should not be: ${broken.join(", ")}`);
  if (growth > MAX_GROWTH) throw new Error("the heap has grown by more than 5 %");
}

const mb = (bytes: number): number => Number((bytes / 2 ** 20).toFixed(1));

async function told<Message>(child: ChildProcess): Promise<Message> {
  const [message] = (await once(child, "message")) as [Message];
  return message;
}

void run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
