import { connect } from "node:net";
import type { GatewaySettings } from "../../gateway/environment";
import { readEnvironment } from "../../gateway/environment";
import type { RunningGateway } from "../../gateway/server";
import { openGate, type Gate } from "../testkit/gate";
import { asker, signedIn, startHub, startHubGateway, type Hub } from "../testkit/hub";
import { askInParts, IN_PARTS, type AnswerPart } from "../testkit/parts";
import { startSmallGateway } from "../testkit/small-gateway";
import { startSmallHub } from "../testkit/small-hub";
import { auditor } from "../testkit/viewers";

const YEAR = { code: "12", year: 2025 };
const DASHBOARD = `query Dashboard($code: ID!, $year: Int!, $later: Boolean! = true) {
  administrativeUnit(code: $code) {
    name
    culturalCentreIndicators(year: $year) { indicator { code } value }
    ...Museums @defer(label: "museums", if: $later)
  }
}
fragment Museums on AdministrativeUnit { museumIndicators(year: $year) { indicator { code name } value } }`;

let hub: Hub;
let museums: Gate;
let libraries: Gate;
let gateway: RunningGateway;
const others: RunningGateway[] = [];

beforeAll(async () => {
  hub = await startHub();
  museums = await openGate(hub.subgraphUrls.museums!);
  libraries = await openGate(hub.subgraphUrls.libraries!);
  gateway = await gatewayWith({});
}, 120_000);
afterEach(async () => {
  museums.release();
  libraries.release();
  for (const other of others.splice(1)) await other.stop();
});
afterAll(async () => {
  await gateway.stop();
  await museums.stop();
  await libraries.stop();
  await hub.stop();
});

async function gatewayWith(settings: Partial<GatewaySettings>, deadlineMs = 20_000) {
  const urls = { ...hub.subgraphUrls, museums: museums.url, libraries: libraries.url };
  const started = await startHubGateway(urls, { folder: hub.folder, deadlineMs, settings });
  others.push(started);
  return started;
}

const inParts = (query: string, variables: object = YEAR, headers = {}) =>
  askInParts(gateway.url, { query, variables }, headers);

async function all(parts: AsyncIterable<AnswerPart>): Promise<AnswerPart[]> {
  const collected: AnswerPart[] = [];
  for await (const part of parts) collected.push(part);
  return collected;
}

describe("What is deferred", () => {
  it("comes after the rest, which does not wait for a subgraph that only it asks", async () => {
    museums.hold("museumIndicators");
    const parts = inParts(DASHBOARD);

    const first = (await parts.next()).value as AnswerPart;
    await museums.waiting();
    museums.release();
    const later = await all(parts);

    expect(Object.keys(first.data.administrativeUnit)).toEqual([
      "name",
      "culturalCentreIndicators",
    ]);
    expect(first.data.administrativeUnit.name).toBe("Tỉnh Lai Châu");
    expect([first.hasNext, first.errors]).toEqual([true, undefined]);
    expect(later).toEqual([
      {
        hasNext: false,
        incremental: [
          {
            label: "museums",
            path: ["administrativeUnit"],
            data: {
              museumIndicators: [
                { indicator: { code: "M1", name: expect.any(String) }, value: 50 },
                { indicator: { code: "M2", name: expect.any(String) }, value: expect.any(Number) },
              ],
            },
          },
        ],
      },
    ]);
  });

  it("comes as each part is ready, in whatever order", async () => {
    const query = `{ administrativeUnit(code: "12") {
      ... @defer(label: "L") { libraryIndicators(year: 2025) { value } }
      ... @defer(label: "M") { museumIndicators(year: 2025) { value } }
    } }`;
    libraries.hold("libraryIndicators");
    const parts = inParts(query);

    const first = (await parts.next()).value as AnswerPart;
    const second = (await parts.next()).value as AnswerPart;
    libraries.release();
    const [third] = await all(parts);

    expect(first).toEqual({ data: { administrativeUnit: {} }, hasNext: true });
    expect([second.incremental![0]!.label, second.hasNext]).toEqual(["M", true]);
    expect([third!.incremental![0]!.label, third!.hasNext]).toEqual(["L", false]);
  });

  it("does not hold up what the same subgraph is asked of the same object", async () => {
    const query = `{ administrativeUnit(code: "12") {
      now: libraryIndicators(year: 2025) { value }
      ... @defer { before: libraryIndicators(year: 2022) { value } }
    } }`;
    libraries.hold("before:");
    const parts = inParts(query);

    const first = (await parts.next()).value as AnswerPart;
    libraries.release();
    const later = await all(parts);

    expect(Object.keys(first.data.administrativeUnit)).toEqual(["now"]);
    expect(later[0]!.incremental![0]!.data.before).toHaveLength(7);
  });

  it("comes for each item of a list, at its own place", async () => {
    const query = `{ administrativeUnit(code: "12") { subdivisions { code
      ... @defer(label: "figures") { culturalCentreIndicators(year: 2025) { value } } } } }`;

    const [first, second] = await all(inParts(query));

    const units = first!.data.administrativeUnit.subdivisions as { code: string }[];
    expect(units).toHaveLength(38);
    expect(units.map((unit) => Object.keys(unit))).toEqual(units.map(() => ["code"]));
    expect(second!.incremental!.map(({ path }) => path)).toEqual(
      units.map((_, index) => ["administrativeUnit", "subdivisions", index]),
    );
  });

  it("may hold what is deferred again, which comes after it", async () => {
    const query = `query ($year: Int!) { administrativeUnit(code: "12") { code ...Outer @defer(label: "outer") } }
      fragment Outer on AdministrativeUnit { name ... @defer(label: "inner") { museumIndicators(year: $year) { value } } }`;

    const parts = await all(inParts(query));

    const labels = parts.flatMap(({ incremental = [] }) => incremental.map(({ label }) => label));
    expect(labels).toEqual(["outer", "inner"]);
    expect(parts[1]!.incremental![0]!.data).toEqual({ name: "Tỉnh Lai Châu" });
  });

  it("stays with the rest where its condition says so", async () => {
    const response = await fetch(gateway.url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: IN_PARTS },
      body: JSON.stringify({ query: DASHBOARD, variables: { ...YEAR, later: false } }),
    });
    const { data }: any = await response.json();

    expect(response.headers.get("content-type")).toMatch(/^application\/json/u);
    expect(data.administrativeUnit.museumIndicators).toHaveLength(2);
  });

  it("comes with the rest for a client that accepts no parts", async () => {
    const { data, errors } = await asker(gateway.url)(DASHBOARD, YEAR);

    expect(errors).toBeUndefined();
    expect(data.administrativeUnit.museumIndicators).toHaveLength(2);
  });

  it("comes in the same format where no format is named, or in a single part where there is nothing to defer", async () => {
    const headers = { accept: "multipart/mixed" };

    const [first, second] = await all(inParts(DASHBOARD, YEAR, headers));
    const single = await all(inParts(`{ administrativeUnit(code: "12") { name } }`, {}, headers));

    expect([first!.hasNext, second!.incremental!.length]).toEqual([true, 1]);
    expect(single).toEqual([
      { data: { administrativeUnit: { name: "Tỉnh Lai Châu" } }, hasNext: false },
    ]);
  });

  it("comes with the rest from Apollo's executor, which knows no parts", async () => {
    const stock = await gatewayWith({ executor: "stock" });

    const { data, errors } = await asker(stock.url)(DASHBOARD, YEAR);

    expect(errors).toBeUndefined();
    expect(data.administrativeUnit.museumIndicators).toHaveLength(2);
  });

  it("is made with the rights of whoever asks", async () => {
    const query = `{ museums { totalCount }
      ... @defer { libraries(filter: { sector: ARMED_FORCES }) { totalCount } } }`;

    const [, anybody] = await all(inParts(query));
    const [, mayList] = await all(inParts(query, {}, await signedIn(hub.folder, auditor)));

    expect(anybody!.incremental![0]!.data.libraries.totalCount).toBe(0);
    expect(mayList!.incremental![0]!.data.libraries.totalCount).toBe(17);
  });

  it("does not make an operation cheaper", async () => {
    const limits = { ...readEnvironment({}).limits, maxCost: 50 };
    const small = await gatewayWith({ limits });
    const query = `{ libraries(first: 1) { totalCount } ... @defer { museums(first: 100) { nodes { id } } } }`;

    const { errors } = await asker(small.url)(query, {}, { accept: IN_PARTS });

    expect(errors![0]!.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });
});

describe("A fault of what is deferred", () => {
  it("stays with its part, once the deadline has passed", async () => {
    const impatient = await gatewayWith({}, 300);
    museums.hold("museumIndicators");

    const [first, second] = await all(
      askInParts(impatient.url, { query: DASHBOARD, variables: YEAR }),
    );

    expect(first!.errors).toBeUndefined();
    expect(second!.incremental).toEqual([
      {
        label: "museums",
        path: ["administrativeUnit"],
        data: { museumIndicators: null },
        errors: [
          {
            message: expect.stringContaining("museums"),
            path: ["administrativeUnit", "museumIndicators"],
            extensions: { code: "SUBGRAPH_UNAVAILABLE", subgraph: "museums", reason: "TIMEOUT" },
          },
        ],
      },
    ]);
  });
});

describe("A null that the schema does not allow", () => {
  it("costs its part alone, and says why", async () => {
    const smallHub = await startSmallHub();
    const small = await startSmallGateway(smallHub);
    smallHub.subgraphs["agency-tasks"].says = { data: null, errors: [{ message: "Hỏng" }] };
    const query = `{ libraries { name agency { ... @defer(label: "agency") { name } } } }`;

    const [first, second] = await all(askInParts(small.url, { query }));

    await small.stop();
    await smallHub.stop();
    expect(first).toEqual({
      data: {
        libraries: [
          { name: "Thư viện tỉnh", agency: {} },
          { name: "Thư viện trường", agency: {} },
        ],
      },
      hasNext: true,
    });
    expect(second!.incremental).toEqual(
      [0, 1].map((index) => ({
        label: "agency",
        path: ["libraries", index, "agency"],
        data: null,
        errors: [
          {
            message: "Hỏng",
            path: ["libraries", index, "agency", "name"],
            extensions: { code: "INTERNAL_SERVER_ERROR", subgraph: "agency-tasks" },
          },
        ],
      })),
    );
  });
});

describe("A label", () => {
  it.each([
    [
      "used twice",
      `{ ... @defer(label: "a") { museums { totalCount } } ... @defer(label: "a") { museums { totalCount } } }`,
      'label "a" is used twice',
    ],
    [
      "given by a variable",
      `query ($l: String) { ... @defer(label: $l) { museums { totalCount } } }`,
      "must be written in the operation",
    ],
  ])("that is %s is refused", async (_, query, message) => {
    const { data, errors } = await asker(gateway.url)(query, {}, { accept: IN_PARTS });

    expect(data).toBeUndefined();
    expect(errors![0]!.message).toContain(message);
  });
});

describe("A client that leaves before all parts have come", () => {
  it("leaves nothing behind, and others are answered", async () => {
    museums.hold("museumIndicators");
    const body = JSON.stringify({ query: DASHBOARD, variables: YEAR });
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\naccept: ${IN_PARTS}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    await new Promise((resolve) => socket.once("data", resolve));
    socket.destroy();
    museums.release();

    const { data, errors } = await asker(gateway.url)(DASHBOARD, YEAR);

    expect(errors).toBeUndefined();
    expect(data.administrativeUnit.museumIndicators).toHaveLength(2);
  });
});

it("Errors that are told with a later part alone are counted", async () => {
  const smallHub = await startSmallHub();
  const small = await startSmallGateway(smallHub, { settings: { metricsPort: 0 } });
  const query = "{ libraries { name ... @defer { curator } } }";

  const parts = await all(askInParts(small.url, { query }));
  await all(askInParts(small.url, { query: "{ libraries { name ... @defer { seats } } }" }));
  const text = await (await fetch(small.metricsUrl!)).text();
  await small.stop();
  await smallHub.stop();

  expect(parts[0]!.errors).toBeUndefined();
  expect(parts.flatMap(({ incremental = [] }) => incremental)[0]!.errors).toHaveLength(1);
  expect(text).toContain('hub_errors_total{operation="other"} 1\n');
});
