import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { GatewaySettings } from "../../gateway/environment";
import { readEnvironment } from "../../gateway/environment";
import { signedIn } from "../testkit/hub";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { composeSmallHub, startSmallHub, type SmallHub } from "../testkit/small-hub";
import { viewer } from "../testkit/viewers";

const PAGED = `
  extend type Query { pages(first: Int! = 20): MuseumPage  halls: [Museum!] }
  type MuseumPage { nodes: [Museum!]  edges: [MuseumEdge!]  totalCount: Int }
  type MuseumEdge { node: Museum }
`;

let hub: SmallHub;
const gateways: SmallGateway[] = [];
beforeAll(async () => {
  hub = await startSmallHub();
});
afterEach(async () => {
  hub.subgraphs.museums.delayMs = 0;
  for (const gateway of gateways.splice(0)) await gateway.stop();
});
afterAll(() => hub.stop());

async function gatewayWith(settings: Partial<GatewaySettings>): Promise<SmallGateway> {
  const supergraph = composeSmallHub({ more: { museums: PAGED } });
  const gateway = await startSmallGateway(hub, { supergraph, settings });
  gateways.push(gateway);
  return gateway;
}

const limitedTo = (limits: Partial<GatewaySettings["limits"]>) =>
  gatewayWith({ limits: { ...readEnvironment({}).limits, ...limits } });

describe("An operation that asks for too much", () => {
  it.each([
    [{ maxTokens: 4 }, "{ museums { name id } }", "too many tokens, at most 4"],
    [{ maxDepth: 1 }, "{ museums { name } }", "2 levels of fields, at most 1"],
    [
      { maxDepth: 1 },
      "{ ...Root } fragment Root on Query { museums { ... { name } } }",
      "2 levels of fields, at most 1",
    ],
    [{ maxAliases: 1 }, "{ a: museums { b: name } }", "2 aliases, at most 1"],
    [
      { maxRootFields: 1 },
      "{ museums { name } ... { libraries { name } } }",
      "2 fields at the root, at most 1",
    ],
    [{ maxCost: 50 }, "{ pages(first: 51) { nodes { name } } }", "52 objects, at most 50"],
    [{ maxCost: 20 }, "{ pages { edges { node { name } } } }", "41 objects, at most 20"],
    [{ maxCost: 9 }, "{ halls { name } }", "10 objects, at most 9"],
    [
      { maxCost: 9 },
      "{ ...Halls } fragment Halls on Query { halls { ...Named } } fragment Named on Museum { name }",
      "10 objects, at most 9",
    ],
  ])("is refused and told the limit: %j %s", async (limits, query, told) => {
    const gateway = await limitedTo(limits);
    const asked = hub.subgraphs.museums.received.length;

    const { data, errors, status } = await gateway.ask(query);

    expect(status).toBe(200);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors![0]!.message).toMatch(/^Truy vấn quá lớn: /u);
    expect(errors![0]!.message).toContain(`The operation is too large: ${told};`);
    expect(errors![0]!.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    expect(hub.subgraphs.museums.received).toHaveLength(asked);
  });

  it("is refused over GET and under the newer media type with 400", async () => {
    const gateway = await limitedTo({ maxDepth: 1 });
    const query = encodeURIComponent("{ museums { name } }");

    const reply = await gateway.visit(`/graphql?query=${query}`, {
      headers: { accept: "application/graphql-response+json", "apollo-require-preflight": "yes" },
    });

    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({
      errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }],
    });
  });

  it("counts pages by the variable that is given, or by its default", async () => {
    const gateway = await limitedTo({ maxCost: 30 });
    const query =
      "query Pages($first: Int! = 40) { pages(first: $first) { nodes { id } totalCount } }";

    const answers = [
      await gateway.ask(query, { first: 29 }),
      await gateway.ask(query, { first: 30 }),
      await gateway.ask(query),
    ];

    expect(answers.map(({ errors }) => errors?.[0]?.message.match(/\d+ objects/u)?.[0])).toEqual([
      undefined,
      "31 objects",
      "41 objects",
    ]);
  });

  it("is refused at once, though its fragments would spread to a thousand million fields", async () => {
    const gateway = await limitedTo({});
    const fragments = Array.from(
      { length: 30 },
      (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`,
    );
    const bomb = `{ ...F0 } ${fragments.join(" ")} fragment F30 on Query { museums { name } }`;

    const { errors } = await gateway.ask(bomb);

    expect(errors![0]!.message).toContain("1073741824 fields at the root, at most 50");
  });

  it("that spreads itself is refused", async () => {
    const gateway = await limitedTo({});

    const { errors } = await gateway.ask(
      "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    );

    expect(errors![0]!.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  it("is answered and logged where costs are only measured", async () => {
    const gateway = await limitedTo({ maxCost: 1, costMode: "measure" });

    const query = "query NguyenVanA_0912345678 { museums { name } }";
    const operation = createHash("sha256").update(query).digest("hex").slice(0, 12);

    const { data } = await gateway.ask(query);

    expect(data).toEqual({ museums: [{ name: "Bảo tàng tỉnh" }] });
    expect(gateway.logged).toContainEqual(
      expect.objectContaining({ cost: 10, maxCost: 1, operation }),
    );
    // Whose name it is nobody knows: a client may write anything into it.
    expect(JSON.stringify(gateway.logged)).not.toContain("NguyenVanA");
  });

  it("is answered when it is a trusted document", async () => {
    const operationsPath = await mkdtemp(join(tmpdir(), "operations-"));
    const query = "{ museums { name } }";
    await writeFile(join(operationsPath, "museums.graphql"), query);
    const limits = { ...readEnvironment({}).limits, maxCost: 1, maxDepth: 1, maxTokens: 1 };
    const gateway = await gatewayWith({ limits, operationsPath });

    const { data } = await gateway.ask(query);

    await rm(operationsPath, { recursive: true });
    expect(data).toEqual({ museums: [{ name: "Bảo tàng tỉnh" }] });
  });
});

describe("Introspection", () => {
  it.each([
    [true, { __schema: { queryType: { name: "Query" } } }],
    [false, undefined],
  ])("switched %s", async (introspection, expected) => {
    const gateway = await gatewayWith({ introspection });

    const { data, errors } = await gateway.ask("{ __schema { queryType { name } } }");

    expect(data).toEqual(expected);
    expect(errors === undefined).toBe(introspection);
  });
});

describe("A client", () => {
  const admission = readEnvironment({}).admission;

  it("that asks too often is told when to come again", async () => {
    const gateway = await gatewayWith({ admission: { ...admission, requestsPerMinute: 2 } });
    const query = "{ museums { name } }";

    const answers = [await gateway.ask(query), await gateway.ask(query), await gateway.ask(query)];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]!.errors![0]).toEqual({
      message: expect.stringMatching(
        /^Quý vị gửi quá nhiều yêu cầu; .+ \/ You send too many requests; try again in \d+ s\.$/u,
      ),
      extensions: { code: "TOO_MANY_REQUESTS" },
    });
    expect(Number(answers[2]!.headers.get("retry-after"))).toBeGreaterThan(50);
  });

  it("is known by the address that a trusted proxy names, and by no other's word", async () => {
    const limited = { ...admission, requestsPerMinute: 1 };
    const trusting = await gatewayWith({ admission: { ...limited, trustedProxies: 1 } });
    const wary = await gatewayWith({ admission: limited });
    const statuses = async (gateway: SmallGateway) => {
      const seen = [];
      for (const from of ["198.51.100.7", "203.0.113.9, 198.51.100.8", "1.1.1.1, 198.51.100.8"])
        seen.push(
          (await gateway.ask("{ museums { name } }", {}, { "x-forwarded-for": from })).status,
        );
      return seen;
    };

    expect(await statuses(trusting)).toEqual([200, 200, 429]);
    expect(await statuses(wary)).toEqual([200, 429, 429]);
  });

  it("that has too many requests under way is refused the next, until one is answered", async () => {
    const gateway = await gatewayWith({ admission: { ...admission, requestsAtOnce: 1 } });
    hub.subgraphs.museums.delayMs = 150;

    const first = gateway.ask("query A { museums { name } }");
    await setTimeout(50);
    const second = await gateway.ask("query B { museums { name } }");
    const done = await first;
    const third = await gateway.ask("query C { museums { name } }");

    expect([done.status, second.status, third.status]).toEqual([200, 429, 200]);
  });
});

describe("A file that is handed in", () => {
  const admission = readEnvironment({}).admission;
  /** The small subgraph reads any body as a question. */
  const FILE = JSON.stringify({ query: "{ museums { name } }" });
  const importing = async (gateway: SmallGateway, body: string, headers = {}) =>
    gateway.visit("/import/museums", {
      method: "POST",
      headers: { ...(await signedIn(gateway.folder, viewer())), ...headers },
      body,
    });

  it("counts among what its client may ask in a minute, also from somebody who has not signed in", async () => {
    const gateway = await gatewayWith({ admission: { ...admission, requestsPerMinute: 2 } });
    const asked = hub.subgraphs.museums.received.length;

    const first = await importing(gateway, FILE);
    const stranger = await gateway.visit("/import/museums", { method: "POST", body: FILE });
    const third = await importing(gateway, FILE);

    expect([first.status, stranger.status, third.status]).toEqual([200, 401, 429]);
    expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(50);
    expect(hub.subgraphs.museums.received).toHaveLength(asked + 1);
  });

  it("takes a place once it is there whole, and keeps it until it is answered", async () => {
    const gateway = await gatewayWith({ admission: { ...admission, requestsAtOnce: 1 } });
    const { authorization } = await signedIn(gateway.folder, viewer());
    hub.subgraphs.museums.delayMs = 150;
    const sending = request(new URL("/import/museums", gateway.url), {
      method: "POST",
      headers: { authorization, "content-length": FILE.length },
    });

    sending.write(FILE.slice(0, 5));
    await setTimeout(50);
    const whileItComes = await gateway.ask("query A { museums { name } }");
    const answered = new Promise<number | undefined>((resolve) =>
      sending.once("response", (response) => resolve(response.resume().statusCode)),
    );
    sending.end(FILE.slice(5));
    await setTimeout(50);
    const whileItIsTaken = await gateway.ask("query B { museums { name } }");
    const file = await answered;
    const afterwards = await gateway.ask("query C { museums { name } }");

    expect([whileItComes.status, whileItIsTaken.status, file, afterwards.status]).toEqual([
      200, 429, 200, 200,
    ]);
  });

  it("may be longer than an operation", async () => {
    const gateway = await gatewayWith({});
    const long = JSON.stringify({ ...JSON.parse(FILE), rest: "x".repeat(3 * 1024 * 1024) });

    const taken = await importing(gateway, long);

    expect(taken.status).toBe(200);
  });
});

describe("A page of another origin", () => {
  const from = (gateway: SmallGateway, origin: string, method: string) =>
    gateway.visit("/graphql", {
      method,
      headers: { origin, "content-type": "application/json" },
      ...(method === "POST" && { body: '{"query":"{ museums { name } }"}' }),
    });

  it("may ask when it is named, and only then", async () => {
    const gateway = await gatewayWith({ corsOrigins: ["https://laichau.example"] });

    const preflight = await from(gateway, "https://laichau.example", "OPTIONS");
    const asked = await from(gateway, "https://laichau.example", "POST");
    const stranger = await from(gateway, "https://elsewhere.example", "POST");
    const strange = await from(gateway, "https://elsewhere.example", "OPTIONS");

    const allowed = (reply: Response) => reply.headers.get("access-control-allow-origin");
    expect([preflight.status, allowed(preflight)]).toEqual([204, "https://laichau.example"]);
    expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
    expect([asked.status, allowed(asked)]).toEqual([200, "https://laichau.example"]);
    expect([stranger.status, allowed(stranger)]).toEqual([200, null]);
    expect([strange.status, allowed(strange)]).toEqual([405, null]);
  });
});
