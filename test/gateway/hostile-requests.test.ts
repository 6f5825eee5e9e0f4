import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { composeSmallHub, startSmallHub, type SmallHub } from "../testkit/small-hub";

const TRUSTED = "query Known($code: ID!) { administrativeUnit(code: $code) { name } }";
const nested = (open: string, within: string, close: string, times: number) =>
  open.repeat(times) + within + close.repeat(times);

let hub: SmallHub;
let gateway: SmallGateway;
let operationsPath: string;
beforeAll(async () => {
  hub = await startSmallHub();
  operationsPath = await mkdtemp(join(tmpdir(), "operations-"));
  await writeFile(join(operationsPath, "known.graphql"), TRUSTED);
  const date = "scalar Date extend type Query { closed(on: Date): [Museum!] }";
  gateway = await startSmallGateway(hub, {
    supergraph: composeSmallHub({ more: { museums: date } }),
    settings: { operationsPath },
  });
});
afterAll(async () => {
  await gateway.stop();
  await hub.stop();
  await rm(operationsPath, { recursive: true });
});

const post = (body: string, headers: Record<string, string> = {}) =>
  gateway.visit("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });

interface Told {
  data?: unknown;
  errors: { message: string; extensions: { code: string } }[];
}

async function told(reply: Response): Promise<{ status: number } & Told> {
  return { status: reply.status, ...((await reply.json()) as Told) };
}

const innerErrors = () => gateway.logged.filter(({ level }) => level >= 50);

describe("An operation that is nested to exhaust the stack", () => {
  it.each([
    ["lists", `{ administrativeUnit(code: ${nested("[", "", "]", 1900)}) { name } }`],
    ["lists without end", `{ administrativeUnit(code: ${"[".repeat(3900)}`],
    ["objects", `{ administrativeUnit(code: ${nested("{a:", "1", "}", 900)}) { name } }`],
    ["fields", nested("{a", "", "}", 1300)],
    ["fragments", `{ museums ${nested("{ ... ", "{ name }", "}", 1300)} }`],
    ["types", `query($a: ${nested("[", "ID", "]", 1900)}) { museums { name } }`],
  ])("%s: is refused for its brackets", async (_, query) => {
    const { data, errors } = await gateway.ask(query);

    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        message: expect.stringContaining("too many brackets within brackets, at most 200"),
        extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
      },
    ]);
    expect(innerErrors()).toEqual([]);
  });

  it("takes what stands in a string for no bracket", async () => {
    const { data } = await gateway.ask(`{ museums { name } } # ${"{[(".repeat(1000)}`);

    expect(data).toEqual({ museums: [{ name: "Bảo tàng tỉnh" }] });
  });
});

describe("JSON that is nested to exhaust the stack", () => {
  const deep = nested("[", "", "]", 20_000);

  it.each([
    ["a variable", `{"query":"{museums{name}}","variables":{"a":${deep}}}`],
    [
      "a variable of a known operation",
      JSON.stringify({ query: TRUSTED }).replace(
        '}"}',
        `}","variables":{"code":"12","a":${deep}}}`,
      ),
    ],
    [
      "a variable that is passed on as it is",
      `{"query":"query($on: Date){closed(on:$on){name}}","variables":{"on":${deep}}}`,
    ],
    [
      "extensions",
      `{"query":"{museums{name}}","extensions":{"a":${nested('{"a":', "1", "}", 20_000)}}}`,
    ],
    ["the body itself", deep],
  ])("%s: is refused", async (_, body) => {
    expect(await told(await post(body))).toEqual({
      status: 400,
      errors: [
        {
          message: expect.stringMatching(
            /^JSON lồng nhau quá nhiều tầng.+ \/ The JSON is nested too deep/u,
          ),
          extensions: { code: "BAD_REQUEST" },
        },
      ],
    });
    expect(innerErrors()).toEqual([]);
  });

  it("is refused in an address too", async () => {
    const query = encodeURIComponent("query($on: Date){closed(on:$on){name}}");
    const path = `/graphql?query=${query}&variables={"on":${nested("[", "", "]", 3000)}}`;

    const reply = await gateway.visit(path, { headers: { "apollo-require-preflight": "1" } });

    expect((await told(reply)).status).toBe(400);
  });

  it("does not count brackets in strings", async () => {
    const query = `{ museums { name } } # ${"[".repeat(2000)} \\ " \\" ${"{".repeat(2000)}`;

    expect((await gateway.ask(query)).data).toEqual({ museums: [{ name: "Bảo tàng tỉnh" }] });
  });
});

describe("A request that holds several operations", () => {
  it.each([
    "[]",
    '[{"query":"{museums{name}}"},{"query":"{museums{name}}"}]',
    `[${"{},".repeat(50_000)}{}]`,
  ])("is refused, whatever their number, and nobody is asked: %.40s", async (body) => {
    const asked = hub.subgraphs.museums.received.length;

    expect(await told(await post(body))).toEqual({
      status: 400,
      errors: [
        {
          message: expect.stringMatching(
            /^Mỗi yêu cầu chỉ chứa một truy vấn.+ \/ A request holds one operation/u,
          ),
          extensions: { code: "BAD_REQUEST" },
        },
      ],
    });
    expect(hub.subgraphs.museums.received).toHaveLength(asked);
  });
});

describe("What a client has wrong is told as such, not as a fault of the gateway", () => {
  it("a subscription that is not asked for as events", async () => {
    const { errors } = await gateway.ask("subscription { museums { name } }");

    expect(errors).toHaveLength(1);
    expect(errors![0]!.message).toContain("send Accept: text/event-stream");
    expect(errors![0]!.extensions).toEqual({ code: "BAD_REQUEST" });
    expect(innerErrors()).toEqual([]);
  });

  it("a kind of operation that the schema does not have", async () => {
    const { status, errors } = await gateway.ask("mutation { museums { name } }");

    expect([status, errors]).toEqual([
      200,
      [
        {
          message:
            "Lược đồ không có thao tác loại mutation. / The schema has no operation of the kind mutation.",
          extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
        },
      ],
    ]);
    expect(innerErrors()).toEqual([]);
  });

  it.each([
    [
      "of an unknown version",
      { version: 9, sha256Hash: "ab" },
      "Unsupported persisted query version",
    ],
    [
      "that is not of the text",
      { version: 1, sha256Hash: "ab" },
      "provided sha does not match query",
    ],
  ])("a hash %s", async (_, persistedQuery, message) => {
    const body = { query: "{ museums { name } }", extensions: { persistedQuery } };

    expect(await told(await post(JSON.stringify(body)))).toEqual({
      status: 400,
      errors: [{ message, extensions: { code: "BAD_REQUEST" } }],
    });
    expect(innerErrors()).toEqual([]);
  });

  it("a name of a megabyte, without being told it again whole", async () => {
    const { errors } = await gateway.ask(`{ ${"n".repeat(1_000_000)} }`);

    expect(errors![0]!.message).toMatch(/^Cannot query field "nnn/u);
    expect(errors![0]!.message).toHaveLength(2001);
  });
});

describe("Languages that a client accepts", () => {
  it.each([
    ["vi, en;q=0.8, *;q=0.1", "vi, en;q=0.8, *;q=0.1"],
    ["x".repeat(201), undefined],
    ["vi\u00e9", undefined],
  ])("are passed on where they are sane: %.30s", async (given, passedOn) => {
    hub.subgraphs.museums.received = [];

    const { data } = await gateway.ask("{ museums { name } }", {}, { "accept-language": given });

    expect(data).toEqual({ museums: [{ name: "Bảo tàng tỉnh" }] });
    expect(hub.subgraphs.museums.received[0]!.headers["accept-language"]).toBe(passedOn);
  });
});

it("A gateway that keeps its schema to itself does not tell it by suggestions", async () => {
  const silent = await startSmallGateway(hub, { settings: { introspection: false } });

  const { errors } = await silent.ask("{ museum { name } }");
  await silent.stop();

  expect(errors![0]!.message).toBe('Cannot query field "museum" on type "Query".');
});
