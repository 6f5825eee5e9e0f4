import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { readEnvironment } from "../../gateway/environment";
import { startGateway, type RunningGateway } from "../../gateway/server";
import { startArchive, type ServedArchive } from "../testkit/archive";
import { asker, hubAccess } from "../testkit/hub";
import { askInParts } from "../testkit/parts";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

describe("A field that the client calls by the name of a key", () => {
  let hub: SmallHub;
  let gateway: SmallGateway;
  beforeAll(async () => {
    hub = await startSmallHub();
    gateway = await startSmallGateway(hub);
  });
  afterAll(async () => {
    await gateway.stop();
    await hub.stop();
  });

  it("is answered with its own value, where the key is asked for besides", async () => {
    const { data, errors } = await gateway.ask(`{
      unit: administrativeUnit(code: "12") {
        id: name __typename: code libraryIndicators { value indicator { code: name } }
        subdivisions { id: code museumIndicators { value } }
      }
    }`);

    expect(errors).toBeUndefined();
    expect(data).toEqual({
      unit: {
        id: "Lai Châu",
        __typename: "12",
        libraryIndicators: [{ value: 7, indicator: { code: "Thư viện tỉnh" } }],
        subdivisions: [
          { id: "03394", museumIndicators: [{ value: 100 }] },
          { id: "03434", museumIndicators: [{ value: 100 }] },
        ],
      },
    });
  });

  it("keeps its name in errors", async () => {
    const { data, errors } = await gateway.ask(
      "{ libraries { id: curator agency { id: name __typename } } }",
    );

    expect(data.libraries[0]).toEqual({
      id: null,
      agency: { id: "Sở Văn hóa", __typename: "Agency" },
    });
    expect(errors!.map(({ path }) => path)).toEqual([
      ["libraries", 0, "id"],
      ["libraries", 1, "id"],
    ]);
  });

  it("keeps its name where the answer comes in parts", async () => {
    const query = `{ libraries { id: agency { code: id ... @defer { id: name } } seats } }`;
    const parts = [];
    for await (const part of askInParts(gateway.url, { query })) parts.push(part);

    expect(parts[0]).toMatchObject({
      data: { libraries: [{ id: { code: "agency:svhttdl" } }, { id: { code: "agency:sgddt" } }] },
      hasNext: true,
    });
    expect(parts.slice(1).flatMap(({ incremental }) => incremental)).toEqual([
      { path: ["libraries", 0, "id"], data: { id: "Sở Văn hóa" } },
      { path: ["libraries", 1, "id"], data: { id: "Sở Giáo dục" } },
    ]);
  });

  it("may be called as the gateway calls it", async () => {
    const { data } = await gateway.ask(
      `{ museums { id: name id__alias_9999: id id__alias_9999__alias_9999: __typename } }`,
    );

    expect(data).toEqual({
      museums: [
        {
          id: "Bảo tàng tỉnh",
          id__alias_9999: "museum:tinh",
          id__alias_9999__alias_9999: "Museum",
        },
      ],
    });
  });
});

describe("A field that another requires with an argument", () => {
  let archive: ServedArchive;
  let gateway: RunningGateway;
  beforeAll(async () => {
    archive = await startArchive();
    gateway = await gatewayOver(archive.supergraphPath, archive.urls);
  });
  afterAll(async () => {
    await gateway.stop();
    await archive.stop();
  });

  it.each([
    ['{ book(isbn: "isbn-2") { price dollars } }', { price: 250_002, dollars: 12 }],
    ['{ book(isbn: "isbn-2") { dollars price(currency: USD) } }', { dollars: 12, price: 12 }],
    [
      '{ book(isbn: "isbn-2") { price: title pages: price dollars weight } }',
      { price: "Tác phẩm 2", pages: 250_002, dollars: 12, weight: 510 },
    ],
  ])("is answered with the client's own: %s", async (query, book) => {
    expect(await asker(gateway.url)(query)).toMatchObject({ data: { book } });
  });
});

describe("Two fields that require a third with different arguments", () => {
  const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])`;
  const PRODUCT = `type Product @key(fields: "id") { id: ID!  price(vat: Boolean! = true): Int`;
  let folder: string;
  let gateway: RunningGateway;
  beforeAll(async () => {
    const composed = composeServices(
      Object.entries({
        prices: `${PRODUCT} } type Query { product: Product }`,
        taxes: `${PRODUCT} @external
          net: Int @requires(fields: "price(vat: false)")
          gross: Int @requires(fields: "price(vat: true)") }`,
      }).map(([name, sdl]) => ({ name, url: "http://127.0.0.1:9", typeDefs: parse(LINK + sdl) })),
    );
    folder = await mkdtemp(join(tmpdir(), "requires-"));
    const supergraphPath = join(folder, "supergraph.graphql");
    await writeFile(supergraphPath, composed.supergraphSdl!);
    gateway = await gatewayOver(supergraphPath, {});
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  it("are not asked together: Apollo's planner would answer one of them from what the other requires", async () => {
    const ask = asker(gateway.url);

    const { data, errors } = await ask("{ product { net gross } }");
    const alone = await ask("{ product { net } }");

    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        message:
          "Product.net và Product.gross cần Product.price với tham số khác nhau; hãy hỏi chúng trong hai truy vấn. / " +
          "Product.net and Product.gross require Product.price with different arguments; ask them in two operations.",
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
    // Nobody listens there.
    expect(alone.errors!.map(({ extensions }) => extensions.code)).toEqual([
      "SUBGRAPH_UNAVAILABLE",
    ]);
  });
});

const gatewayOver = (supergraphPath: string, subgraphUrls: Record<string, string>) =>
  startGateway({
    ...readEnvironment(),
    port: 0,
    host: "127.0.0.1",
    supergraphPath,
    subgraphUrls,
    subgraphDeadlineMs: 10_000,
    logLevel: "silent",
    access: hubAccess("/nowhere"),
  });
