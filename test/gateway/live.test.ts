import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { createClient } from "graphql-sse";
import { issueToken } from "../../access/access-token";
import { openSigningKey } from "../../access/signing-key";
import type { Viewer } from "../../access/viewer";
import { EventStream } from "../../gateway/live/event-stream";
import type { RunningGateway } from "../../gateway/server";
import { openStream, type OpenStream } from "../testkit/event-stream";
import { asker, signedIn, startHub, startHubGateway, type Hub } from "../testkit/hub";
import { viewer } from "../testkit/viewers";

const FIELDS = "cursor subgraph sector kind year at dataVersion";
const SUBSCRIPTION = `subscription ($sector: [Sector!], $year: Int, $after: ID) {
  figuresChanged(sector: $sector, year: $year, after: $after) { ${FIELDS} }
}`;

let hub: Hub;
const gateways: RunningGateway[] = [];
const streams: OpenStream[] = [];

beforeAll(async () => {
  hub = await startHub();
  await start();
  await start();
}, 120_000);
afterEach(() => streams.splice(0).forEach((stream) => stream.close()));
afterAll(async () => {
  for (const gateway of gateways) await gateway.stop();
  await hub.stop();
}, 30_000);

async function start(more: Omit<Parameters<typeof startHubGateway>[1], "folder"> = {}) {
  const options = { liveEveryMs: 20, liveBeatMs: 30, stopWithinMs: 1000 };
  const gateway = await startHubGateway(hub.subgraphUrls, {
    folder: hub.folder,
    options,
    ...more,
  });
  gateways.push(gateway);
  return gateway;
}

async function follow(
  variables: object = {},
  { gateway = gateways[0]!, headers = {} }: { gateway?: RunningGateway; headers?: object } = {},
): Promise<OpenStream> {
  const asked = { variables, headers: headers as Record<string, string> };
  const stream = await openStream(gateway.url, SUBSCRIPTION, asked);
  streams.push(stream);
  await stream.until("\n\n");
  return stream;
}

const changeIn = async (stream: OpenStream) => (await stream.next())!.data.data.figuresChanged;

/** Takes one step of a library's life at the subgraph, of which no gateway hears. */
async function write(mutation: string, type: string, input: object, by: Partial<Viewer>) {
  const result =
    type.includes("Report") || mutation.includes("Report")
      ? "report { id version }"
      : "library { id }";
  const query = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${result} userErrors { message } } }`;
  const { data, errors } = await asker(hub.subgraphUrls.libraries!)(
    query,
    { input: { idempotencyKey: randomUUID(), ...input } },
    await signedIn(hub.folder, viewer(by)),
  );
  expect([errors, data?.done.userErrors]).toEqual([undefined, []]);
  return data.done;
}

let registered = 0;

/** Registers a library and brings its report for the year to where it waits for approval. */
async function submitted(
  year: number,
  by: Partial<Viewer> = {},
  sector = "CULTURE",
  kind = "SPECIALISED",
) {
  registered += 1;
  const { library } = await write(
    "registerLibrary",
    "RegisterLibraryInput",
    {
      sector,
      kind,
      code: `TV-${registered}`,
      name: `Thư viện ${registered} mới`,
      unit: { code: "03388" },
    },
    by,
  );
  const measures = { providesLifelongLearning: true, visits: 10 };
  const { report } = await write(
    "saveLibraryReport",
    "SaveLibraryReportInput",
    { id: library.id, year, measures },
    by,
  );
  const sent = await write(
    "submitLibraryReport",
    "ReportStepInput",
    { id: report.id, version: report.version },
    by,
  );
  return { libraryId: library.id as string, ...(sent.report as { id: string; version: number }) };
}

const approve = ({ id, version }: { id: string; version: number }, by: Partial<Viewer> = {}) =>
  write(
    "approveLibraryReport",
    "ReportStepInput",
    { id, version },
    { ...by, subject: "may-tinh-2" },
  );

const ARMED = { agencyId: "agency:bo-chqs", sectors: ["ARMED_FORCES"] };

describe("Subscription.figuresChanged", () => {
  it("tells of an approved report, whoever took the write, and not of drafts and submissions", async () => {
    const stream = await follow();
    const report = await submitted(2025);

    const institution = await changeIn(stream);
    await approve(report);
    const approval = await changeIn(stream);

    expect(institution).toMatchObject({
      subgraph: "libraries",
      sector: "CULTURE",
      kind: "INSTITUTION",
    });
    expect(approval).toEqual({
      cursor: expect.any(String),
      subgraph: "libraries",
      sector: "CULTURE",
      kind: "REPORT",
      year: 2025,
      at: "2026-11-23T03:00:00.000Z",
      dataVersion: institution.dataVersion + 3,
    });
  });

  it("is read by the client that graphql-sse brings", async () => {
    const client = createClient({ url: gateways[0]!.url, retryAttempts: 0 });
    const changes = client.iterate({
      query: `subscription { figuresChanged(sector: CULTURE) { kind year } }`,
    });
    const first = changes.next();
    const stream = await follow();
    const report = await submitted(2024);
    await approve(report);
    await changeIn(stream);

    const told = [(await first).value, (await changes.next()).value];
    await changes.return!();
    client.dispose();

    expect(told.map(({ data }: any) => data.figuresChanged)).toEqual([
      { kind: "INSTITUTION", year: null },
      { kind: "REPORT", year: 2024 },
    ]);
  });

  it("tells only of the sectors and the year that are asked for", async () => {
    const [education, culture] = [
      await follow({ sector: "EDUCATION" }),
      await follow({ sector: ["CULTURE"], year: 2023 }),
    ];
    const [other, wanted] = [await submitted(2024), await submitted(2023)];
    await approve(other);
    await approve(wanted);

    const told = [await changeIn(culture), await changeIn(culture), await changeIn(culture)];

    // Institutions are not of one year.
    expect(told.map(({ kind, year }) => [kind, year])).toEqual([
      ["INSTITUTION", null],
      ["INSTITUTION", null],
      ["REPORT", 2023],
    ]);
    expect(education.text()).not.toContain("event: next");
  });

  it("goes on at another gateway where it broke off: nothing is lost, and nothing told twice", async () => {
    const first = await follow();
    const reports = [await submitted(2025), await submitted(2024), await submitted(2023)];
    await approve(reports[0]!);
    const kinds = [];
    for (let count = 0; count < 4; count += 1) kinds.push((await changeIn(first)).kind);
    const lastEventId = first.lastId()!;
    first.close();
    await approve(reports[1]!);
    await approve(reports[2]!);

    const byHeader = await follow(
      {},
      { gateway: gateways[1]!, headers: { "last-event-id": lastEventId } },
    );
    const byArgument = await follow({ after: lastEventId });
    const later = await submitted(2022);
    await approve(later);
    const told = async (stream: OpenStream) => {
      const all = [];
      for (let count = 0; count < 4; count += 1) all.push(await changeIn(stream));
      return all.map(({ kind, year }) => [kind, year]);
    };

    expect(kinds).toEqual(["INSTITUTION", "INSTITUTION", "INSTITUTION", "REPORT"]);
    const expected = [
      ["REPORT", 2024],
      ["REPORT", 2023],
      ["INSTITUTION", null],
      ["REPORT", 2022],
    ];
    expect(await told(byHeader)).toEqual(expected);
    expect(await told(byArgument)).toEqual(expected);
  });

  it("tells where a client stands that has heard of nothing yet", async () => {
    const stream = await follow();
    const lastEventId = stream.lastId();
    stream.close();
    const report = await submitted(2025);
    await approve(report);

    const again = await follow({}, { headers: { "last-event-id": lastEventId! } });

    expect([(await changeIn(again)).kind, (await changeIn(again)).kind]).toEqual([
      "INSTITUTION",
      "REPORT",
    ]);
  });

  it("tells of protected data no more than that something changed", async () => {
    const stream = await follow();
    const report = await submitted(2025, ARMED, "ARMED_FORCES", "ARMED_FORCES");
    await approve(report, ARMED);

    const told = [await changeIn(stream), await changeIn(stream)];

    for (const change of told)
      expect(change).toEqual({
        cursor: expect.any(String),
        subgraph: "libraries",
        sector: "ARMED_FORCES",
        kind: "ANYTHING",
        year: null,
        at: "2026-11-23T03:00:00.000Z",
        dataVersion: null,
      });
    for (const secret of [report.id, report.libraryId, "03388", `TV-${registered}`, "2025"])
      expect(stream.text()).not.toContain(secret);
    const base = new URL(hub.subgraphUrls.libraries!);
    base.pathname = "/published-changes";
    base.search = `after=${encodeURIComponent('{"libraries/armed-forces":0}')}`;
    const { published }: any = await (await fetch(base)).json();
    const changes: { kind: string; year: unknown }[] = published["libraries/armed-forces"].changes;
    expect(changes.length).toBeGreaterThanOrEqual(2);
    expect(new Set(changes.map(({ kind, year }) => `${kind} ${String(year)}`))).toEqual(
      new Set(["ANYTHING null"]),
    );
  });

  it("tells that anything may have changed of an owner who was silent when it began", async () => {
    await hub.cut("museums/culture");
    const stream = await follow({ sector: "CULTURE" });
    await hub.restore("museums/culture");

    const change = await changeIn(stream);

    expect(change).toMatchObject({ subgraph: "museums", sector: "CULTURE", kind: "ANYTHING" });
  });

  it("is told in one process too", async () => {
    const localSubgraphs = Object.fromEntries(
      Object.entries(hub.serving).map(([name, { answer, publishedChanges }]) => [
        name,
        {
          publishedChanges,
          answer: (question: any, caller: any) => answer(question, { ...caller, language: "vi" }),
        },
      ]),
    );
    const gateway = await start({ localSubgraphs });
    const stream = await follow({}, { gateway });
    await approve(await submitted(2025));

    expect([(await changeIn(stream)).kind, (await changeIn(stream)).kind]).toEqual([
      "INSTITUTION",
      "REPORT",
    ]);
  }, 20_000);
});

describe("A stream", () => {
  it("hears that the connection is alive", async () => {
    const stream = await follow();

    await stream.until(":\nid:");
    const { length } = stream.text();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await stream.until("\n\n:\n");

    expect(stream.text().length).toBeGreaterThanOrEqual(length);
    expect(stream.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  });

  it("ends when the token expires, and says so", async () => {
    // Clocks may be a minute apart, so a token that ran out 58 seconds ago is believed for two more.
    const grant = { ...viewer(), lifetimeSeconds: -58 };
    const token = await issueToken(openSigningKey(hub.folder), grant);
    const stream = await follow({}, { headers: { authorization: `Bearer ${token}` } });

    const last = await stream.next();

    expect(last!.data.errors[0].extensions.code).toBe("UNAUTHENTICATED");
    expect((await stream.next("complete"))?.event).toBe("complete");
    expect(await stream.next()).toBeUndefined();
  }, 20_000);

  it("is refused to a token that is not believed", async () => {
    const response = await fetch(gateways[0]!.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        authorization: "Bearer x.y.z",
      },
      body: JSON.stringify({ query: SUBSCRIPTION }),
    });

    expect(response.status).toBe(401);
  });

  it("ends when the gateway stops, without a word that would keep the client from coming again", async () => {
    const gateway = await start();
    const stream = await follow({}, { gateway });

    await gateway.stop();
    gateways.pop();

    expect(await stream.next("complete")).toBeUndefined();
    expect(stream.text()).not.toContain("event: complete");
  }, 20_000);

  it("is one of a bounded number, for one client and for all", async () => {
    const gateway = await start({
      settings: { metricsPort: 0, live: { maxSubscribers: 2, subscribersPerClient: 1 } },
    });
    const counted = async () => (await fetch(gateway.metricsUrl!)).text();
    const ask = (from: string) =>
      fetch(gateway.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "text/event-stream",
          "x-forwarded-for": from,
        },
        body: JSON.stringify({ query: SUBSCRIPTION }),
      });
    const first = await follow({}, { gateway });

    const second = await ask("");
    const whileOpen = await counted();
    first.close();
    let again = await ask("");
    for (let tries = 0; again.status === 429 && tries < 100; tries += 1) again = await ask("");

    expect(whileOpen).toContain("hub_subscriptions 1\n");
    expect(whileOpen).toContain('hub_refused_total{reason="subscriptions"} 1\n');
    expect([second.status, second.headers.get("retry-after")]).toEqual([429, "10"]);
    expect(again.status).toBe(200);
    await again.body!.cancel();
    const none = await start({
      settings: { live: { maxSubscribers: 0, subscribersPerClient: 1 } },
    });
    const refused = await openStream(none.url, SUBSCRIPTION);
    expect(refused.status).toBe(503);
  }, 30_000);

  it("is broken off for a client that does not read", async () => {
    let wasDropped = false;
    const server = createServer((_request, response) => {
      const stream = new EventStream(response);
      for (let count = 0; count < 64 && !response.destroyed; count += 1)
        stream.next({ data: "x".repeat(1024 * 1024) });
      wasDropped = response.destroyed;
      response.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => undefined).pause();
    socket.write("GET / HTTP/1.1\r\nhost: hub\r\n\r\n");
    await new Promise((resolve) => server.once("request", resolve));
    socket.resume();
    await closed;
    await new Promise((resolve) => server.close(resolve));

    expect(wasDropped).toBe(true);
  });

  it.each([
    ["no subscription", "{ museums { totalCount } }", "BAD_REQUEST"],
    ["no GraphQL", "subscription {", "GRAPHQL_PARSE_FAILED"],
    ["not of the schema", "subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"],
    [
      "from an unknown place",
      `subscription { figuresChanged(after: "abc") { kind } }`,
      "BAD_USER_INPUT",
    ],
  ])("of what is %s says so and ends", async (_, query, code) => {
    const stream = await openStream(gateways[0]!.url, query);

    const told = await stream.next();

    expect(told!.data.errors[0].extensions.code).toBe(code);
    expect((await stream.next("complete"))?.event).toBe("complete");
  });

  it("is what a subscription over plain HTTP is told to ask for", async () => {
    const { data, errors } = await asker(gateways[0]!.url)(SUBSCRIPTION);

    expect(data).toBeUndefined();
    expect(errors![0]!.message).toContain("send Accept: text/event-stream");
  });

  it("is opened by GET too, as browsers' EventSource does", async () => {
    const address = `${gateways[0]!.url}?query=${encodeURIComponent("subscription { figuresChanged { kind } }")}`;
    const leaving = new AbortController();

    const response = await fetch(address, {
      headers: { accept: "text/event-stream" },
      signal: leaving.signal,
    });
    leaving.abort();

    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
    ]);
  });
});
