import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { QueryPlanner } from "@apollo/query-planner";
import fc from "fast-check";
import type { RunningGateway } from "../../gateway/server";
import { openGate, type Gate } from "../testkit/gate";
import { asker, signedIn, startHub, startHubGateway, type Hub } from "../testkit/hub";
import { auditor, viewer } from "../testkit/viewers";

const MUSEUMS = `query Museums { museums(first: 1) { totalCount } }`;
const ARMED = `query Armed { libraries(filter: { sector: ARMED_FORCES }) { totalCount } }`;
const UNIT = `query Unit { administrativeUnit(code: "12") { name museumIndicators(year: 2025) { denominator } } }`;
const REGISTER = `mutation ($input: RegisterMuseumInput!) { registerMuseum(input: $input) { userErrors { code } } }`;

let hub: Hub;
let folder: string;
let gate: Gate;
const gateways: RunningGateway[] = [];

beforeAll(async () => {
  hub = await startHub();
  folder = await mkdtemp(join(tmpdir(), "known-"));
  gate = await openGate(hub.subgraphUrls.museums!);
  for (const [name, text] of Object.entries({ MUSEUMS, ARMED, UNIT }))
    await writeFile(join(folder, `${name}.graphql`), text);
  await start();
  await start();
}, 120_000);
afterAll(async () => {
  for (const gateway of gateways) await gateway.stop();
  await gate.stop();
  await hub.stop();
  await rm(folder, { recursive: true });
}, 60_000);

async function start(supergraphPath?: string) {
  const gateway = await startHubGateway(
    { ...hub.subgraphUrls, museums: gate.url },
    {
      folder: hub.folder,
      deadlineMs: 20_000,
      settings: { operationsPath: folder, ...(supergraphPath && { supergraphPath }) },
      options: { stopWithinMs: 1000 },
    },
  );
  gateways.push(gateway);
  return gateway;
}

describe("A known operation", () => {
  it("is answered as if nothing were kept, whoever asks, whichever gateway, whatever was written", async () => {
    const rights = [{}, await signedIn(hub.folder, auditor)];
    const writer = await signedIn(hub.folder, viewer());
    let written = 0;
    const step = fc.oneof(
      { weight: 1, arbitrary: fc.constant("write" as const) },
      {
        weight: 4,
        arbitrary: fc.record({
          query: fc.constantFrom(MUSEUMS, ARMED, UNIT),
          who: fc.nat(1),
          at: fc.nat(1),
        }),
      },
    );

    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const each of steps) {
          if (each === "write") {
            written += 1;
            const [code, name] = [`KN-${written}`, `Bảo tàng biết trước ${written}`];
            const input = { idempotencyKey: randomUUID(), code, name, unit: { code: "03388" } };
            const { data } = await asker(hub.subgraphUrls.museums!)(REGISTER, { input }, writer);
            expect(data.registerMuseum.userErrors).toEqual([]);
            continue;
          }
          const ask = asker(gateways[each.at]!.url);
          const kept = await ask(each.query, {}, rights[each.who]);
          const anew = await ask(
            each.query,
            {},
            {
              ...rights[each.who],
              "cache-control": "no-cache",
            },
          );
          expect([kept.data, kept.errors]).toEqual([anew.data, undefined]);
        }
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it("is planned before it is asked, after a start and after a new supergraph", async () => {
    const planned = jest.spyOn(QueryPlanner.prototype, "buildQueryPlan");
    const supergraphPath = join(folder, "supergraph.graphqls");
    const sdl = await readFile(join(__dirname, "../../schema/supergraph.graphql"), "utf8");
    await writeFile(supergraphPath, sdl);
    const { url } = await start(supergraphPath);
    const atStart = planned.mock.calls.length;
    await asker(url)(MUSEUMS);
    const onceAsked = planned.mock.calls.length;

    await writeFile(supergraphPath, `${sdl}\n# anew\n`);
    while (planned.mock.calls.length < onceAsked + 3) await setTimeout(20);
    await setTimeout(200);
    const onceSwapped = planned.mock.calls.length;
    await asker(url)(MUSEUMS);
    const askedAgain = planned.mock.calls.length;
    await asker(url)(`query Other { museums(first: 2) { totalCount } }`);
    const unknown = planned.mock.calls.length;

    planned.mockRestore();
    expect(atStart).toBeGreaterThanOrEqual(3);
    expect(onceAsked).toBe(atStart);
    expect([onceSwapped, askedAgain]).toEqual([onceAsked + 3, onceSwapped]);
    expect(unknown).toBe(askedAgain + 1);
  }, 60_000);
});

describe("The plans of a new supergraph", () => {
  it("are made one in a turn of the event loop, so that others are answered in between", async () => {
    const plansByTurn: number[] = [];
    const look = () => {
      plansByTurn.push(planned.mock.calls.length);
      if (planned.mock.calls.length < 3) setImmediate(look);
    };
    const planned = jest.spyOn(QueryPlanner.prototype, "buildQueryPlan");
    const supergraphPath = join(folder, "another.graphqls");
    const sdl = await readFile(join(__dirname, "../../schema/supergraph.graphql"), "utf8");
    await writeFile(supergraphPath, sdl);
    await start(supergraphPath);
    planned.mockClear();
    look();

    await writeFile(supergraphPath, `${sdl}\n# anew\n`);
    while (planned.mock.calls.length < 3) await setTimeout(20);
    await setTimeout(20);

    planned.mockRestore();
    expect([...new Set(plansByTurn)]).toEqual([0, 1, 2, 3]);
  }, 60_000);
});

describe("The same question asked by many at one time", () => {
  it("is asked of the subgraph once, for each set of rights", async () => {
    const query = `{ museums(first: 1, filter: {}) { totalCount nodes { name } } }`;
    const [one, other] = [
      await signedIn(hub.folder, viewer()),
      await signedIn(hub.folder, auditor),
    ];
    const ask = asker(gateways[0]!.url);
    // The gateway has seen what was written so far: after a write the second who asks is answered by work of his own.
    await ask(MUSEUMS);
    gate.hold("museums(");
    const before = gate.passed();

    const asked = [{}, {}, {}, one, one, other].map((headers) => ask(query, {}, headers));
    await gate.waiting();
    // Long enough for all to have come; were one late, it would be asked by itself.
    await setTimeout(500);
    gate.release();
    const answers = await Promise.all(asked);

    expect(answers.map(({ errors }) => errors)).toEqual(asked.map(() => undefined));
    expect(gate.passed() - before).toBe(3);
  }, 20_000);

  it("shows who asks after a write what was written, though the same was begun before, and though another gateway took the write", async () => {
    const query = `{ museums(first: 1) { totalCount }
      administrativeUnit(code: "12") { name museumIndicators(year: 2025) { denominator } } }`;
    const [ask, askElsewhere] = gateways.map(({ url }) => asker(url));
    const { data: before } = await ask!(query);
    // Of what the gateway asks last: by then it has read how many museums there are.
    gate.hold("museumIndicators");

    const begun = ask!(query);
    await gate.waiting();
    await setTimeout(300);
    const input = {
      idempotencyKey: randomUUID(),
      code: "GL-1",
      name: "Bảo tàng ghi nơi khác",
      unit: { code: "03388" },
    };
    const writer = await signedIn(hub.folder, viewer());
    const written = await askElsewhere!(REGISTER, { input }, writer);
    const asked = ask!(query);
    await setTimeout(300);
    gate.release();

    expect(written.data.registerMuseum.userErrors).toEqual([]);
    expect((await begun).errors).toBeUndefined();
    expect((await asked).data.museums.totalCount).toBe(before.museums.totalCount + 1);
  }, 20_000);
});
