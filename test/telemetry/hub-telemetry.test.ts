import { ANONYMOUS } from "../../subgraphs/foundation/rights/caller";
import type { LocalSource } from "../../gateway/subgraph/local-subgraph";
import { createLog } from "../../telemetry/log";
import { openTracing } from "../../telemetry/tracing";
import { asker, signedIn, startHub, startHubGateway } from "../testkit/hub";
import { openTraceCollector, type CollectedSpan } from "../testkit/trace-collector";

const SECTORS = `query Sectors($code: ID!, $text: String) {
  administrativeUnit(code: $code) {
    name
    libraries(filter: { sector: [EDUCATION], text: $text }) { nodes { name } }
    museums { totalCount }
  }
}`;
const PERSON = "Nguyễn Thị Hoa";
const ADDRESS = "so-12-pho-Tran-Phu";
const SECRETS = [PERSON, "Hoa", ADDRESS, "Tran-Phu", "0912345678", "hoa@example.vn"];

const TRACES = ["0af7651916cd43dd8448eb211c80319c", "1bf7651916cd43dd8448eb211c80319c"] as const;
const CALLER = "b7ad6b7169203331";

/** What the hub told while it was asked in every way below, with people's names, addresses and tokens. */
async function listen() {
  const collector = await openTraceCollector();
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const telemetryFor = (part: string) => ({
    log: createLog(part, "debug", { write }),
    tracing: openTracing(part, collector.url),
  });
  const settings = { tracesUrl: collector.url };
  const hub = await startHub({ settings, telemetryFor });
  const token = await signedIn(hub.folder, {
    subject: "hoa@example.vn",
    agencyId: "agency:so-gddt",
    sectors: ["EDUCATION"],
    units: ["unit:12:0001-01-01"],
    roles: ["STEWARD"],
    issuedOn: "2026-11-23",
  });
  const traceparent = (trace: string) => ({ traceparent: `00-${trace}-${CALLER}-01` });
  const given = { code: "12", text: PERSON };

  const answers = [
    await hub.ask(SECTORS, given, {
      ...token,
      ...traceparent(TRACES[0]),
      "x-request-id": "asked-over-http",
      cookie: "session=0912345678",
      baggage: "person=0912345678",
    }),
  ];
  const localSubgraphs = Object.fromEntries(
    Object.entries(hub.serving).map(([name, { answer }]): [string, LocalSource] => [
      name,
      {
        answer: (question, { viewer, headers }) =>
          answer(question, { ...ANONYMOUS, viewer }, headers["x-request-id"]),
      },
    ]),
  );
  const { log } = telemetryFor("gateway");
  const local = await startHubGateway(hub.subgraphUrls, {
    ...{ folder: hub.folder, localSubgraphs, settings, log },
  });
  answers.push(await asker(local.url)(SECTORS, given, traceparent(TRACES[1])));

  await hub.ask(`{ libraries(filter: { text: "${PERSON}" }) { nodes { name } } }`);
  await hub.ask(`query Sectors { libraries(filter: { text: 12 }) { nodes { name } } }`);
  await hub.ask(
    `mutation Register($input: RegisterLibraryInput!) {
      registerLibrary(input: $input) { userErrors { code } } }`,
    { input: { name: PERSON, code: "0912345678", idempotencyKey: "hoa@example.vn", kind: 12 } },
    token,
  );
  await hub.ask("{ __typename }", {}, { authorization: "Bearer 0912345678.hoa.x" });
  const query = encodeURIComponent(`{ libraries(filter: { text: "${PERSON}" }) { totalCount } }`);
  await fetch(`${hub.url}?query=${query}`);
  await fetch(new URL(`/${ADDRESS}?name=${encodeURIComponent(PERSON)}`, hub.url));
  await fetch(new URL(`/import/${ADDRESS}?file=${ADDRESS}`, hub.url), { method: "POST" });
  // The statement fails, with the name among its parameters.
  await hub.databases
    .get("libraries/education")!
    .write((manager) => manager.query("DROP TABLE library_report"));
  const broken = `query Broken($text: String) { libraries(filter: { text: $text, sector: [EDUCATION],
    reported: { year: 2025, reported: false } }) { totalCount } }`;
  await hub.ask(broken, { text: PERSON }, { "x-request-id": "asked-of-a-broken-table" });
  await asker(local.url)(broken, { text: PERSON }, { "x-request-id": "asked-in-process" });

  await local.stop();
  await hub.stop();
  log.flush();
  await collector.stop();
  return { answers, collector, lines, token: token.authorization!.slice("Bearer ".length) };
}

describe("What the hub tells of itself", () => {
  let heard: Awaited<ReturnType<typeof listen>>;
  let told: Record<string, any>[];
  beforeAll(async () => {
    heard = await listen();
    told = heard.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }, 120_000);

  const spansOf = (trace: string) =>
    heard.collector.spans.filter(({ traceId }) => traceId === trace);
  const below = (parent: CollectedSpan, within: readonly CollectedSpan[]) =>
    within.filter(({ parentSpanId }) => parentSpanId === parent.spanId);

  it("answers as if nobody listened", () => {
    for (const { data, errors } of heard.answers) {
      expect(errors).toBeUndefined();
      expect(data.administrativeUnit.name).toBe("Tỉnh Lai Châu");
      expect(data.administrativeUnit.museums.totalCount).toBe(4);
    }
  });

  it("is one trace from the caller through gateway, subgraph and each statement", () => {
    const spans = spansOf(TRACES[0]);
    const [request] = spans.filter(({ parentSpanId }) => parentSpanId === CALLER);

    expect(request).toMatchObject({
      service: "hub-gateway",
      name: "POST /graphql",
      attributes: { "http.route": "/graphql", "http.response.status_code": 200 },
    });
    const steps = below(request!, spans);
    expect(steps.map(({ name }) => name).sort()).toEqual([
      ...["fetch agency-tasks", "fetch libraries", "fetch museums"],
      ...["graphql.plan", "graphql.prepare"],
    ]);
    for (const subgraph of ["agency-tasks", "libraries", "museums"]) {
      const fetched = steps.find(({ name }) => name === `fetch ${subgraph}`)!;
      const [answered, ...others] = below(fetched, spans);
      expect(others).toEqual([]);
      expect(answered).toMatchObject({ service: `hub-${subgraph}`, name: "POST /graphql" });
      const statements = below(answered!, spans);
      expect(statements.length).toBeGreaterThan(0);
      expect(new Set(statements.map(({ service }) => service))).toEqual(
        new Set([`hub-${subgraph}`]),
      );
    }
    const ofLibraries = spans.filter(({ attributes }) => attributes["hub.owner"] === "education");
    expect(ofLibraries[0]).toMatchObject({
      name: "SELECT libraries/education",
      attributes: {
        "db.system.name": process.env.TEST_DATABASE === "mysql" ? "mysql" : "sqlite",
        "db.namespace": "libraries/education",
        "db.query.text": expect.stringMatching(/^SELECT .* WHERE .*\?/su),
      },
    });
  });

  it("is one trace in one process too, each part under its own name", () => {
    const spans = spansOf(TRACES[1]);
    const [request] = spans.filter(({ parentSpanId }) => parentSpanId === CALLER);
    const fetched = below(request!, spans).find(({ name }) => name === "fetch libraries")!;
    const [answered] = below(fetched, spans);

    expect(request).toMatchObject({ service: "hub-gateway", name: "POST /graphql" });
    expect(answered).toMatchObject({ service: "hub-libraries", name: "answer" });
    expect(below(answered!, spans).map(({ name }) => name)).toContain("SELECT libraries/education");
  });

  it("is one line for each request, found by the ids of request and trace", () => {
    const line = (part: string) =>
      told.filter(
        ({ part: whose, msg, requestId }) =>
          whose === part && msg === "request" && requestId === "asked-over-http",
      );

    for (const part of ["gateway", "agency-tasks", "libraries", "museums"])
      expect(line(part)).toEqual([
        {
          ...{ level: 30, time: expect.any(Number), part, msg: "request" },
          ...{ requestId: "asked-over-http", traceId: TRACES[0] },
          ...{ method: "POST", route: "/graphql", operation: expect.stringMatching(/^\w{12}$/u) },
          ...{ status: 200, ms: expect.any(Number) },
        },
      ]);
    expect(told.filter(({ route, status }) => route === "none" && status === 404)).toHaveLength(2);
  });

  it("names a statement that failed, without its values, under the request's id", () => {
    const of = (id: string) =>
      told.filter(({ requestId, part, msg }) =>
        [id, "libraries", "internal error"].every((each) => [requestId, part, msg].includes(each)),
      );

    for (const id of ["asked-of-a-broken-table", "asked-in-process"]) {
      const [failure] = of(id);
      expect(failure?.level).toBe(50);
      expect(JSON.stringify(failure!.err)).toMatch(/"statement":"SELECT .*report.*\?/u);
    }
  });

  it("holds no person, no address and no token", () => {
    const everything = [...heard.lines, ...heard.collector.received].join("\n");
    const found = [...SECRETS, heard.token, heard.token.split(".")[2]!].filter(
      (secret) => everything.includes(secret) || everything.includes(encodeURIComponent(secret)),
    );

    expect(heard.lines.length).toBeGreaterThan(15);
    expect(found).toEqual([]);
  });
});
