import { setTimeout } from "node:timers/promises";
import { readEnvironment } from "../../gateway/environment";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

const TWO_STEPS = "{ libraries { agency { name } } }";
const AGENCIES = {
  libraries: [{ agency: { name: "Sở Văn hóa" } }, { agency: { name: "Sở Giáo dục" } }],
};
const PLACES = 200;

let hub: SmallHub;
let gateway: SmallGateway;
beforeEach(async () => {
  hub = await startSmallHub();
  const admission = { ...readEnvironment({}).admission, maxRequestsAtOnce: PLACES };
  gateway = await startSmallGateway(hub, { settings: { admission, subgraphDeadlineMs: 10_000 } });
});
afterEach(async () => {
  await gateway.stop();
  await hub.stop();
});

/** Holds the subgraph's answers back until it is told to let them go. */
function gate(name: "libraries" | "museums"): () => void {
  let open = () => {};
  hub.subgraphs[name].gate = new Promise<void>((resolve) => (open = resolve));
  return open;
}

async function asked(name: "libraries" | "museums", times: number): Promise<void> {
  while (hub.subgraphs[name].received.length < times) await setTimeout(5);
}

/** Asks, and goes away when told to. */
function passing(query: string) {
  const leaving = new AbortController();
  const gone = gateway
    .visit("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables: {} }),
      signal: leaving.signal,
    })
    .catch(() => undefined);
  return async () => {
    leaving.abort();
    await gone;
    // The gateway has heard of it by the time that it answers somebody else.
    await gateway.visit("/health/live");
    await setTimeout(20);
  };
}

it("What a client that has gone would have been told is not asked for", async () => {
  const open = gate("libraries");
  const leave = passing(TWO_STEPS);
  await asked("libraries", 1);

  await leave();
  open();
  await gateway.ask("{ museums { name } }");
  await setTimeout(50);

  expect(hub.subgraphs["agency-tasks"].received).toHaveLength(0);
  expect(gateway.logged.filter(({ level }) => level >= 40)).toEqual([]);
});

it("Who asked the same meanwhile is answered whole", async () => {
  const open = gate("libraries");
  const leave = passing(TWO_STEPS);
  await asked("libraries", 1);
  const other = gateway.ask(TWO_STEPS);
  await gateway.visit("/health/live");
  await setTimeout(20);

  await leave();
  open();

  expect(await other).toMatchObject({ status: 200, data: AGENCIES });
  expect((await other).errors).toBeUndefined();
  expect(hub.subgraphs.libraries.received).toHaveLength(1);
});

it("Who asks the same after the client has gone is answered by work of its own", async () => {
  const open = gate("libraries");
  const leave = passing(TWO_STEPS);
  await asked("libraries", 1);
  await leave();

  const other = gateway.ask(TWO_STEPS);
  await asked("libraries", 2);
  open();

  expect(await other).toMatchObject({ status: 200, data: AGENCIES });
});

it("Questions that waited for their turn are dropped with their clients, who keep their places until then", async () => {
  const open = gate("museums");
  const leave = Array.from({ length: PLACES }, (_, at) =>
    passing(`query Q${at} { museums { name } }`),
  );
  // As many as one subgraph is asked at one time.
  await asked("museums", 128);
  // Full, and not merely late for a moment with letting them in.
  for (let fullTimes = 0; fullTimes < 20; await setTimeout(20)) {
    const { status } = await gateway.ask("{ libraries { name } }");
    fullTimes = status === 503 ? fullTimes + 1 : 0;
  }
  await Promise.all(leave.map((each) => each()));

  const meanwhile = await gateway.ask("{ libraries { name } }");
  open();
  let after = await gateway.ask("{ libraries { name } }");
  for (let tries = 0; after.status === 503 && tries < 100; tries += 1) {
    await setTimeout(10);
    after = await gateway.ask("{ libraries { name } }");
  }

  expect(meanwhile.status).toBe(503);
  expect(after.data).toEqual({
    libraries: [{ name: "Thư viện tỉnh" }, { name: "Thư viện trường" }],
  });
  expect(hub.subgraphs.museums.received).toHaveLength(128);
});
