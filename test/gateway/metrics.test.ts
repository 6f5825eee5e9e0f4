import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { readEnvironment } from "../../gateway/environment";
import { GatewayMetrics } from "../../gateway/metrics";
import { FAULTS, openFaultyFront, REASONS, type FaultyFront } from "../testkit/faulty-front";
import { signedIn } from "../testkit/hub";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { composeSmallHub, startSmallHub, type SmallHub } from "../testkit/small-hub";
import { viewer } from "../testkit/viewers";

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

describe("What is asked in another way, or refused for what it asks", () => {
  const LIVE =
    "enum Sector { CULTURE } scalar DateTime extend type Query { one: Sector now: DateTime }";
  const SUBSCRIPTION = "subscription { figuresChanged { cursor kind } }";
  let other: SmallGateway;
  beforeAll(async () => {
    other = await startSmallGateway(hub, {
      supergraph: composeSmallHub({ more: { museums: LIVE } }),
      settings: {
        metricsPort: 0,
        operationsPath,
        limits: { ...readEnvironment({}).limits, maxDepth: 2 },
      },
    });
  });
  afterAll(() => other.stop());

  /** The counted lines that begin so, with how much more they count once the work is done. */
  async function countedDuring(work: () => Promise<unknown>): Promise<Record<string, number>> {
    const before = await counted(other);
    await work();
    // A response is counted once it has left, which its client may learn first.
    await setTimeout(50);
    const more: Record<string, number> = {};
    for (const [line, times] of await counted(other)) {
      const isAsked = /^hub_(?:request_seconds_count|errors_total|field_usage_total)/u.test(line);
      if (isAsked && times > (before.get(line) ?? 0)) more[line] = times - (before.get(line) ?? 0);
    }
    return more;
  }
  const signed = () => signedIn(other.folder, viewer());
  const subscribe = async (query: string) => {
    const leaving = new AbortController();
    await other.visit("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query }),
      signal: leaving.signal,
    });
    leaving.abort();
  };
  const postJson = (body: object) =>
    other.visit("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  it.each<[string, () => Promise<unknown>, Record<string, number>]>([
    [
      "rows",
      () => other.visit("/rows/known-museums.json"),
      {
        'hub_request_seconds_count{operation="/rows",status="200"}': 1,
        'hub_field_usage_total{client="anonymous",field="Museum.name"}': 1,
        'hub_field_usage_total{client="anonymous",field="Query.museums"}': 1,
      },
    ],
    [
      "rows that there are none of",
      () => other.visit("/rows/made-up.json"),
      {
        'hub_request_seconds_count{operation="/rows",status="404"}': 1,
        'hub_errors_total{operation="/rows"}': 1,
      },
    ],
    [
      "the OData service",
      () => other.visit("/odata/"),
      { 'hub_request_seconds_count{operation="/odata",status="200"}': 1 },
    ],
    [
      "a template",
      () => other.visit("/template/museums"),
      {
        'hub_request_seconds_count{operation="/template",status="401"}': 1,
        'hub_errors_total{operation="/template"}': 1,
      },
    ],
    [
      "an import",
      async () =>
        other.visit("/import/museums", { method: "POST", headers: await signed(), body: "a;b" }),
      {
        'hub_request_seconds_count{operation="/import",status="503"}': 1,
        'hub_errors_total{operation="/import"}': 1,
      },
    ],
    [
      "a subscription, and the fields that it asks for",
      () => subscribe(SUBSCRIPTION),
      {
        'hub_request_seconds_count{operation="other",status="200"}': 1,
        'hub_field_usage_total{client="anonymous",field="Subscription.figuresChanged"}': 1,
        'hub_field_usage_total{client="anonymous",field="FiguresChange.cursor"}': 1,
        'hub_field_usage_total{client="anonymous",field="FiguresChange.kind"}': 1,
      },
    ],
    [
      "a subscription that is wrong",
      () => subscribe("subscription { nonsense }"),
      {
        'hub_request_seconds_count{operation="other",status="200"}': 1,
        'hub_errors_total{operation="other"}': 1,
      },
    ],
    [
      "an operation that asks for too much",
      () =>
        other.ask(
          "{ museums { name } ... { ... { libraries { museum: name } } } __schema { types { fields { name } } } }",
        ),
      {
        'hub_request_seconds_count{operation="other",status="200"}': 1,
        'hub_errors_total{operation="other"}': 1,
      },
    ],
    [
      "the same by GET",
      () =>
        other.visit("/graphql?query={__schema{types{fields{name}}}}", {
          headers: { "apollo-require-preflight": "yes" },
        }),
      {
        'hub_request_seconds_count{operation="other",status="200"}': 1,
        'hub_errors_total{operation="other"}': 1,
      },
    ],
    [
      "a hash that no document has",
      () => postJson({ documentId: `sha256:${"0".repeat(64)}` }),
      {
        'hub_request_seconds_count{operation="other",status="200"}': 1,
        'hub_errors_total{operation="other"}': 1,
      },
    ],
  ])("is counted as well: %s", async (_, work, expected) => {
    expect(await countedDuring(work)).toEqual(expected);
  });
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
