import { startOver } from "../testkit/any-graphs";
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
  const PRODUCT = `type Product @key(fields: "id") { id: ID!  price(vat: Boolean! = true): Int`;
  const GRAPHS = {
    prices: {
      sdl: `${PRODUCT} name: String } type Query { product: Product }`,
      resolvers: {
        Query: { product: () => ({ id: 1, name: "Vở" }) },
        Product: { price: (_: unknown, { vat }: { vat: boolean }) => (vat ? 110 : 100) },
      },
    },
    taxes: {
      sdl: `${PRODUCT} @external
        net: Int @requires(fields: "price(vat: false)")
        gross: Int @requires(fields: "price(vat: true)") }`,
      resolvers: {
        Product: {
          __resolveReference: (told: object) => told,
          net: ({ price }: { price: number }) => price,
          gross: ({ price }: { price: number }) => price,
        },
      },
    },
  };
  let hub: Awaited<ReturnType<typeof startOver>>;
  beforeAll(async () => {
    hub = await startOver(GRAPHS);
  });
  afterAll(() => hub.stop());

  it.each([
    ["{ product { price net } }", { price: 110, net: 100 }],
    ["{ product { gross price(vat: false) } }", { gross: 110, price: 100 }],
    ["{ product { price: name id: price net } }", { price: "Vở", id: 110, net: 100 }],
  ])("is answered with the client's own: %s", async (query, product) => {
    expect(await hub.ask(query)).toMatchObject({ data: { product } });
  });

  it("is not asked together with another that requires it with others: one would be answered from what the other requires", async () => {
    const { data, errors } = await hub.ask("{ product { net gross } }");

    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        message:
          "Product.net và Product.gross cần Product.price với tham số khác nhau; hãy hỏi chúng trong hai truy vấn. / " +
          "Product.net and Product.gross require Product.price with different arguments; ask them in two operations.",
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
  });
});
