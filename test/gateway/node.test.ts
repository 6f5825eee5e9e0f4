import { composeSmallHub, startSmallHub, type SmallHub } from "../testkit/small-hub";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";

describe("Query.node", () => {
  let hub: SmallHub;
  let gateway: SmallGateway;

  beforeEach(async () => {
    hub = await startSmallHub();
    gateway = await startSmallGateway(hub);
  });

  afterEach(async () => {
    await gateway.stop();
    await hub.stop();
  });

  it("finds records of any owner, with their fields from every subgraph", async () => {
    const { data, errors } = await gateway.ask(`{
      unit: node(id: "unit:12") { __typename id ... on AdministrativeUnit { name libraryIndicators { value } } }
      agency: node(id: "agency:sgddt") { id ... on Agency { name } }
      library: node(id: "library:tinh") { id ... on Library { name } ... on Museum { name } }
      museum: node(id: "museum:tinh") { ... on Museum { name } }
    }`);

    expect(errors).toBeUndefined();
    expect(data).toEqual({
      unit: {
        __typename: "AdministrativeUnit",
        id: "unit:12",
        name: "Lai Châu",
        libraryIndicators: [{ value: 7 }],
      },
      agency: { id: "agency:sgddt", name: "Sở Giáo dục" },
      library: { id: "library:tinh", name: "Thư viện tỉnh" },
      museum: { name: "Bảo tàng tỉnh" },
    });
  });

  it("asks a unit's owner whether there is such a unit, not those who extend it", async () => {
    const { data, errors } = await gateway.ask(`{ node(id: "unit:99") { id } }`);

    expect(errors).toBeUndefined();
    expect(data).toEqual({ node: null });
    expect(hub.subgraphs["agency-tasks"].received).toHaveLength(1);
    expect(hub.subgraphs.libraries.received).toHaveLength(0);
  });

  it("is null for a kind of record that no subgraph keeps", async () => {
    const { data, errors } = await gateway.ask(`{ node(id: "duty:1") { id } }`);

    expect([data, errors]).toEqual([{ node: null }, undefined]);
  });

  it.each(["library", "library:", "school:1", ":1", ""])(
    "refuses %j, saying what is accepted",
    async (id) => {
      const { data, errors } = await gateway.ask(
        `query ($id: ID!) { found: node(id: $id) { id } museums { name } }`,
        { id },
      );

      expect(data).toEqual({ found: null, museums: [{ name: "Bảo tàng tỉnh" }] });
      expect(errors).toHaveLength(1);
      expect(errors![0]).toMatchObject({ path: ["found"], extensions: { code: "BAD_USER_INPUT" } });
      expect(errors![0]!.message).toContain("unit, agency, duty, library, library-report, museum");
    },
  );

  it("says which subgraph did not answer", async () => {
    await hub.subgraphs.libraries.stop();

    const { data, errors } = await gateway.ask(
      `{ node(id: "library:tinh") { id } museums { name } }`,
    );

    expect(data).toEqual({ node: null, museums: [{ name: "Bảo tàng tỉnh" }] });
    expect(errors).toHaveLength(1);
    expect(errors![0]!.path).toEqual(["node"]);
    expect(errors![0]!.extensions).toEqual({
      code: "SUBGRAPH_UNAVAILABLE",
      subgraph: "libraries",
      reason: "REFUSED",
    });
  });

  it("passes the client's headers to the owner", async () => {
    const headers = {
      "accept-language": "vi",
      "x-request-id": "tram-1",
    };

    await gateway.ask(`{ node(id: "museum:tinh") { id } }`, {}, headers);

    expect(hub.subgraphs.museums.received[0]!.headers).toMatchObject(headers);
  });

  it("is not there when the supergraph has no such graph, and the rest is", async () => {
    const without = await startSmallGateway(hub, {
      supergraph: composeSmallHub({ without: ["node"] }),
    });

    const refused = await without.ask(`{ node(id: "museum:tinh") { id } }`);
    const answered = await without.ask(`{ museums { name } }`);
    await without.stop();

    expect(refused.errors![0]!.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    expect(answered.data).toEqual({ museums: [{ name: "Bảo tàng tỉnh" }] });
  });
});
