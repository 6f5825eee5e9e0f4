import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GatewayMetrics } from "../../gateway/metrics";
import { FAULTS, openFaultyFront, REASONS, type FaultyFront } from "../testkit/faulty-front";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

const KNOWN = "query KnownMuseums { museums { name } }";

let hub: SmallHub;
let front: FaultyFront;
let gateway: SmallGateway;
let operationsPath: string;
beforeAll(async () => {
  hub = await startSmallHub();
  front = await openFaultyFront(hub.subgraphs.museums.url);
  operationsPath = await mkdtemp(join(tmpdir(), "operations-"));
  await writeFile(join(operationsPath, "museums.graphql"), KNOWN);
  gateway = await startSmallGateway(hub, {
    urls: { museums: front.url },
    settings: {
      metricsPort: 0,
      operationsPath,
      admission: {
        requestsPerMinute: 12,
        requestsAtOnce: 0,
        maxRequestsAtOnce: 10,
        trustedProxies: 0,
      },
    },
  });
});
afterAll(async () => {
  await gateway.stop();
  await front.stop();
  await hub.stop();
  await rm(operationsPath, { recursive: true });
});

/** The counted values, by the line's text before the value. */
async function counted(from: SmallGateway = gateway): Promise<Map<string, number>> {
  const reply = await fetch(from.metricsUrl!);
  const lines = (await reply.text()).split("\n").filter((line) => line && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.replace(/ \S+$/u, ""), Number(line.split(" ").at(-1))] as const),
  );
}

it("The gateway counts what clients asked, what subgraphs did and what it refused", async () => {
  await gateway.ask(KNOWN);
  await gateway.ask("query MadeUpName { museums { name } }");
  await gateway.ask("{ __schema { queryType { name } } }");
  await gateway.ask("{ nonsense }");
  await front.break("answers 500");
  for (let time = 0; time < 5; time += 1) await gateway.ask(`query Q${time} { museums { name } }`);
  for (let time = 0; time < 4; time += 1) await gateway.ask("{ __typename }");

  const values = await counted();

  expect(values.get('hub_request_seconds_count{operation="KnownMuseums",status="200"}')).toBe(1);
  expect(values.get('hub_request_seconds_count{operation="other",status="200"}')).toBe(11);
  expect(values.get('hub_errors_total{operation="other"}')).toBe(6);
  expect(values.get('hub_errors_total{operation="KnownMuseums"}')).toBeUndefined();
  expect(values.get('hub_plans_total{source="memory"}')).toBe(4);
  expect(values.get('hub_plans_total{source="made"}')).toBe(9);
  expect(values.get('hub_field_usage_total{client="anonymous",field="Museum.name"}')).toBe(7);
  expect(values.get('hub_answers_total{source="apollo"}')).toBe(2);
  expect(values.get('hub_answers_total{source="made"}')).toBe(10);
  expect(values.get('hub_stock_executor_total{reason="introspection"}')).toBe(1);
  expect(values.get('hub_subgraph_seconds_count{subgraph="museums",outcome="ok"}')).toBe(2);
  expect(values.get('hub_subgraph_seconds_count{subgraph="museums",outcome="http_status"}')).toBe(
    5,
  );
  expect(values.get('hub_subgraph_circuit_state{subgraph="museums",state="open"}')).toBe(1);
  expect(values.get('hub_subgraph_circuit_state{subgraph="libraries",state="closed"}')).toBe(1);
  expect(values.get('hub_refused_total{reason="rate"}')).toBe(1);
  expect(values.get("nodejs_eventloop_lag_p99_seconds")).toEqual(expect.any(Number));
  expect([...values.keys()].join("\n")).not.toContain("MadeUpName");
});

it("What is counted is not to be had where clients ask", async () => {
  expect((await gateway.visit("/metrics")).status).toBe(404);
});

it("A circuit is told of while its subgraph is in service", async () => {
  const guards = new Map([["museums", { guardState: "open" as const }]]);
  const { registry } = new GatewayMetrics(
    () => guards,
    () => 0,
  );
  const circuits = async () =>
    (await registry.getSingleMetricAsString("hub_subgraph_circuit_state")).match(/^hub.*$/gmu);

  const before = await circuits();
  guards.clear();
  const after = await circuits();

  expect(before).toContain('hub_subgraph_circuit_state{subgraph="museums",state="open"} 1');
  expect(after).toBeNull();
});

describe("What is wrong with a subgraph's answers", () => {
  const ASKED = "{ museums { name } }";
  let watched: SmallGateway;
  let museums: FaultyFront;
  beforeAll(async () => {
    museums = await openFaultyFront(hub.subgraphs.museums.url);
    watched = await startSmallGateway(hub, {
      urls: { museums: museums.url },
      settings: { metricsPort: 0 },
    });
  });
  afterEach(async () => {
    hub.subgraphs.museums.says = undefined;
    await museums.mend();
    // One that is answered, so that the circuit stays closed.
    await watched.ask(ASKED);
  });
  afterAll(async () => {
    await watched.stop();
    await museums.stop();
  });

  /** By reason, what was counted while the work was done. */
  async function faultsDuring(work: () => Promise<unknown>): Promise<Record<string, number>> {
    const before = await counted(watched);
    await work();
    const after = await counted(watched);
    const faults: Record<string, number> = {};
    for (const [line, times] of after) {
      const reason = /^hub_subgraph_faults_total\{subgraph="museums",reason="(\w+)"\}$/u.exec(line);
      const more = times - (before.get(line) ?? 0);
      if (reason && more > 0) faults[reason[1]!] = more;
    }
    return faults;
  }

  it.each(FAULTS)(
    "is counted by its reason, also where it is found out late: %s",
    async (fault) => {
      await museums.break(fault);

      const faults = await faultsDuring(() => watched.ask(ASKED));

      expect(Object.values(faults)).toEqual([1]);
      expect(REASONS[fault].map((reason) => reason.toLowerCase())).toContain(
        Object.keys(faults)[0],
      );
    },
  );

  it.each([
    ["INTERNAL_SERVER_ERROR", { errors: 1 }],
    ["SOMETHING_OF_ITS_OWN", { errors: 1 }],
    ["FORBIDDEN", {}],
    ["BAD_USER_INPUT", {}],
    ["UNAUTHENTICATED", {}],
  ])("is not what its asker did wrong: %s", async (code, expected) => {
    const error = { message: "Không được.", path: ["museums"], extensions: { code } };
    hub.subgraphs.museums.says = { data: { museums: null }, errors: [error] };

    expect(await faultsDuring(() => watched.ask(ASKED))).toEqual(expected);
  });

  it("is counted where Apollo's executor asks it, too", async () => {
    await museums.break("has an older schema");

    const faults = await faultsDuring(() =>
      watched.ask("{ __schema { queryType { name } } museums { name } }"),
    );

    expect(faults).toEqual({ stale_schema: 1 });
  });
});
