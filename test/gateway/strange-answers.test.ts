import { startOver } from "../testkit/any-graphs";
import { askInParts } from "../testkit/parts";

type Hub = Awaited<ReturnType<typeof startOver>>;

/** Whatever was started for one test. */
const started: Hub[] = [];
afterEach(async () => {
  for (const hub of started.splice(0)) await hub.stop();
});
const over = async (...graphs: Parameters<typeof startOver>) => {
  const hub = await startOver(...graphs);
  started.push(hub);
  return hub;
};

const collect = async (url: string, body: object) => {
  const parts = [];
  for await (const part of askInParts(url, body)) parts.push(part);
  return parts;
};

const pathsOf = ({ errors = [] }: { errors?: { path?: unknown }[] }) =>
  errors.map(({ path }) => path);

describe("A value that a subgraph answers", () => {
  const sdl = `scalar JSON  enum State { OPEN SECRET @inaccessible }
    type Query { f: Float  fs: [Float!]  j: JSON  i: Int  fail: Int  state: State  states: [State!]
      shelf: Shelf  things: [Thing!]  thing: Thing  constructor: JSON }
    union Thing = Shelf | Book  type Shelf { x: Int }  type Book { x: Int }  type Reader { x: Int }`;
  const saying = (data: string, errors = "") =>
    over({ one: { sdl, says: `{${errors}"data":${data}}` } });

  it("is refused where it is a number that JSON cannot hold, and the answer stays JSON", async () => {
    const hub = await saying('{"f":1e400,"fs":[1,-1e400],"j":1e400}');

    const answer = await hub.ask("{ f fs j }");

    expect(answer.data).toEqual({ f: null, fs: null, j: null });
    expect(pathsOf(answer)).toEqual([["f"], ["fs", 1], ["j"]]);
  });

  it("may be the least Int, also beside a field that failed", async () => {
    const error = '"errors":[{"message":"no","path":["fail"]}],';
    const hub = await saying('{"i":-2147483648,"fail":null}', error);

    const answer = await hub.ask("{ i fail }");

    expect(answer.data).toEqual({ i: -2147483648, fail: null });
    expect(pathsOf(answer)).toEqual([["fail"]]);
  });

  it("is missing where every object has something of that name", async () => {
    const hub = await saying('{"i":1,"shelf":{}}');

    const answer = await hub.ask("{ i constructor shelf { valueOf: x } }");

    expect(answer.data).toEqual({ i: 1, constructor: null, shelf: { valueOf: null } });
    expect(pathsOf(answer)).toEqual([["constructor"], ["shelf", "valueOf"]]);
  });

  it("is refused where it is an object that cannot stand there, or is called by no object's type", async () => {
    const hub = await saying(
      '{"thing":{"__typename":"Reader","x":1},"things":[{"__typename":"Thing","x":1}]}',
    );

    const answer = await hub.ask("{ thing { __typename } things { __typename } }");

    expect(answer.data).toEqual({ thing: null, things: null });
    expect(pathsOf(answer)).toEqual([["thing"], ["things", 0]]);
  });

  it("is told to be withheld whatever else went wrong", async () => {
    const error = '"errors":[{"message":"no","path":["fail"]}],';
    const hub = await saying('{"state":"SECRET","states":["OPEN","SECRET"],"fail":null}', error);

    const answer = await hub.ask("{ state states fail }");

    expect(answer.data).toEqual({ state: null, states: null, fail: null });
    expect(pathsOf(answer)).toEqual([["fail"], ["state"], ["states", 1]]);
  });
});

describe("What one entity brought to several places", () => {
  const PRODUCTS = {
    sdl: `type Query { orders: [Order!]! }  type Order { product: Product! }
      type Product @key(fields: "id") { id: ID!  position: Int @shareable }`,
    resolvers: {
      Query: {
        orders: () =>
          [1, 2, 3].map((position) => ({ product: { id: position === 2 ? "b" : "a", position } })),
      },
    },
  };
  const reference = { __resolveReference: (told: object) => told };

  const at = (p: number) => ({
    product: {
      box: { width: 5, size: 10 * p, lid: { width: 6, size: 20 * p } },
      boxes: [
        { width: 7, size: 30 * p },
        { width: 8, size: 40 * p },
      ],
    },
  });
  const boxes = (delaysMs: Record<"widths" | "sizes", number>) =>
    over({
      products: PRODUCTS,
      // Asked once for each product …
      widths: {
        sdl: `type Product @key(fields: "id") { id: ID!  box: Box @shareable  boxes: [Box!] @shareable }
          type Box { width: Int!  lid: Lid @shareable }  type Lid { width: Int! }`,
        resolvers: {
          Product: {
            ...reference,
            box: () => ({ width: 5, lid: { width: 6 } }),
            boxes: () => [{ width: 7 }, { width: 8 }],
          },
        },
        delayMs: delaysMs.widths,
      },
      // … and for each of its places, where it is something else.
      sizes: {
        sdl: `type Product @key(fields: "id") { id: ID!  position: Int @external
            box: Box @shareable @requires(fields: "position")
            boxes: [Box!] @shareable @requires(fields: "position") }
          type Box { size: Int!  lid: Lid @shareable }  type Lid { size: Int! }`,
        resolvers: {
          Product: {
            ...reference,
            box: ({ position: p }: { position: number }) => ({
              size: 10 * p,
              lid: { size: 20 * p },
            }),
            boxes: ({ position: p }: { position: number }) => [{ size: 30 * p }, { size: 40 * p }],
          },
        },
        delayMs: delaysMs.sizes,
      },
    });

  it.each([
    { widths: 0, sizes: 50 },
    { widths: 50, sizes: 0 },
  ])(
    "is not changed in one of them by what another fetch brings to the other: %o",
    async (delaysMs) => {
      const hub = await boxes(delaysMs);

      const { data, errors } = await hub.ask(
        "{ orders { product { box { width size lid { width size } } boxes { width size } } } }",
      );
      const aliased = await hub.ask("{ orders { product { id: box { width size } } } }");

      expect(errors).toBeUndefined();
      expect(data).toEqual({ orders: [at(1), at(2), at(3)] });
      expect(aliased.data).toEqual({
        orders: [1, 2, 3].map((p) => ({ product: { id: { width: 5, size: 10 * p } } })),
      });
    },
  );

  it("is not changed so in a part that is sent later", async () => {
    const hub = await boxes({ widths: 0, sizes: 50 });
    const query = "{ orders { product { box { width ... @defer { size } } } } }";

    const [first, ...later] = await collect(hub.url, { query });

    expect(first!.data.orders).toEqual([1, 2, 3].map(() => ({ product: { box: { width: 5 } } })));
    expect(later.flatMap(({ incremental = [] }) => incremental.map(({ data }) => data))).toEqual([
      { size: 10 },
      { size: 20 },
      { size: 30 },
    ]);
  });

  it("is told to be wrong in each of them", async () => {
    const hub = await over({
      products: PRODUCTS,
      states: {
        sdl: `enum State { OPEN SECRET @inaccessible }  type Info { state: State }
          type Product @key(fields: "id") { id: ID!  info: Info }`,
        resolvers: { Product: { ...reference, info: () => ({ state: "SECRET" }) } },
      },
    });

    const answer = await hub.ask("{ orders { product { info { state } } } }");

    const withheld = { product: { info: { state: null } } };
    expect(answer.data).toEqual({ orders: [withheld, withheld, withheld] });
    expect(pathsOf(answer)).toEqual(
      [0, 1, 2].map((order) => ["orders", order, "product", "info", "state"]),
    );
  });
});

describe("A type kept as an interface object, behind a wider interface", () => {
  const GRAPHS = {
    catalog: {
      sdl: `interface Node { id: ID! }  interface Media implements Node @key(fields: "id") { id: ID! }
        type Book implements Media & Node @key(fields: "id") { id: ID!  title: String }
        type Query { books: [Book!] }`,
      resolvers: {
        Media: {
          __resolveType: () => "Book",
          __resolveReference: ({ id }: { id: string }) => ({ id }),
        },
        Book: { __resolveReference: ({ id }: { id: string }) => ({ id, title: `T${id}` }) },
        Query: { books: () => [] },
      },
    },
    ratings: {
      sdl: `interface Node { id: ID! }
        type Media implements Node @interfaceObject @key(fields: "id") { id: ID!  score: Int }
        type Query { node: Node  nodes: [Node!]  media: Media }`,
      resolvers: {
        Node: { __resolveType: () => "Media" },
        Media: { __resolveReference: ({ id }: { id: string }) => ({ id, score: 3 }) },
        Query: {
          node: () => ({ id: "b1" }),
          nodes: () => [{ id: "b1" }, { id: "b2" }],
          media: () => ({ id: "b1", score: 3 }),
        },
      },
    },
  };

  it("is answered by what it has", async () => {
    const hub = await over(GRAPHS);

    expect(await hub.ask("{ node { id } nodes { id } }")).toMatchObject({
      data: { node: { id: "b1" }, nodes: [{ id: "b1" }, { id: "b2" }] },
    });
    expect(await hub.ask("{ media { score ... on Node { id } } }")).toMatchObject({
      data: { media: { score: 3, id: "b1" } },
    });
  });
});

describe("An operation's conditions and directives", () => {
  const GRAPH = {
    sdl: `directive @upper on FIELD  type Query { hello: String  one: One }  type One { n: Int  m: Int }`,
    resolvers: {
      Query: {
        one: () => ({ n: 1, m: 2 }),
        hello: (
          _: unknown,
          __: unknown,
          ___: unknown,
          info: { fieldNodes: { directives: unknown[] }[] },
        ) => (info.fieldNodes[0]!.directives.length > 0 ? "HELLO" : "hello"),
      },
    },
  };

  it("are the same whoever has asked before: null is not false", async () => {
    const hub = await over({ one: GRAPH });
    const query = "query ($x: Boolean = true) { hello @include(if: $x) one { n } }";

    const cold = await hub.ask(query, { x: null });
    await hub.ask(query, { x: false });
    const warm = await hub.ask(query, { x: null });

    expect(cold.errors).toHaveLength(1);
    expect(warm.errors).toEqual(cold.errors);
  });

  it("defer where nothing else is said, and where another operation of the document has conditions", async () => {
    const hub = await over({ one: GRAPH });
    const deferred = [
      { data: { one: { n: 1 } }, hasNext: true },
      { incremental: [{ path: ["one"], data: { m: 2 } }], hasNext: false },
    ];

    const unset = "query ($d: Boolean) { one { n ... @defer(if: $d) { m } } }";
    expect(await collect(hub.url, { query: unset, variables: {} })).toEqual(deferred);
    const two =
      "query A { one { n ... @defer { m } } } query B($y: Boolean!) { one { n @include(if: $y) } }";
    expect(await collect(hub.url, { query: two, operationName: "A" })).toEqual(deferred);
    // No part is promised to whoever says neither yes nor no.
    const nothing = collect(hub.url, { query: unset, variables: { d: null } });
    await expect(nothing).rejects.toThrow('{"data":{"one":{"n":1,"m":2}}}');
  });

  it("reach the subgraph where they are its own", async () => {
    const hub = await over({ one: GRAPH });

    expect(await hub.ask("{ h: hello hello @upper }")).toMatchObject({
      data: { h: "hello", hello: "HELLO" },
    });
  });

  it("name the operation apart from its text", async () => {
    const hub = await over({ one: GRAPH });
    await hub.ask("{ ...F hello }\nfragment F on Query { one { n } }");

    const response = await fetch(hub.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        query: "fragment F on Query { one { n } }",
        operationName: "{ ...F hello }",
      }),
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };

    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
  });
});

describe("Many places", () => {
  it("are each sent what is deferred and failed there", async () => {
    const many = 2000;
    const hub = await over({
      items: {
        sdl: `type Query { items: [Item!]! }  type Item @key(fields: "id") { id: ID! }`,
        resolvers: {
          Query: { items: () => Array.from({ length: many }, (_, id) => ({ id: String(id) })) },
        },
      },
      infos: {
        sdl: `type Item @key(fields: "id") { id: ID!  info: Int }`,
        resolvers: {
          Item: {
            __resolveReference: (told: object) => told,
            info: () => {
              throw new Error("none");
            },
          },
        },
      },
    });
    let items = 0;
    let errors = 0;

    for await (const { incremental = [] } of askInParts(hub.url, {
      query: "{ items { id ... @defer { info } } }",
    })) {
      items += incremental.length;
      for (const { errors: told = [] } of incremental) errors += told.length;
    }

    expect([items, errors]).toEqual([many, many]);
  });
});
