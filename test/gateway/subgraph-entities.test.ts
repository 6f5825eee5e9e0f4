import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { composeSmallHub, startSmallHub, type SmallHub } from "../testkit/small-hub";

// Told apart by two values together.
const SHELF = 'type Shelf @key(fields: "hall row") { hall: ID! row: Int!';

let hub: SmallHub;
let gateway: SmallGateway;
beforeAll(async () => {
  hub = await startSmallHub();
  const supergraph = composeSmallHub({
    more: {
      "agency-tasks": `extend type Query { shelves: [Shelf!] } ${SHELF} }`,
      libraries: `${SHELF} books: Int }`,
    },
  });
  gateway = await startSmallGateway(hub, { supergraph });
});
afterAll(async () => {
  await gateway.stop();
  await hub.stop();
});

describe("An entity that stands in an answer several times", () => {
  it("is asked about once, and stands everywhere", async () => {
    const { data } = await gateway.ask("{ records { ... on Library { id name } } }");

    const name = (id: string) => ({
      id,
      name: { tinh: "Thư viện tỉnh", thpt: "Thư viện trường" }[id.slice(8)],
    });
    expect(data.records).toEqual([
      {},
      null,
      {},
      ...["library:tinh", "library:thpt", "library:tinh"].map(name),
    ]);
    expect(
      hub.subgraphs.libraries.received.map(({ variables }) => variables.representations),
    ).toEqual([
      [
        { __typename: "Library", id: "library:tinh" },
        { __typename: "Library", id: "library:thpt" },
      ],
    ]);
  });

  it("is so too where only several values together tell it from others", async () => {
    const shelf = (hall: string, row: number) => ({ __typename: "Shelf", hall, row });
    const [one, other, third] = [shelf("A", 1), shelf("A", 2), shelf("B", 1)];
    hub.subgraphs["agency-tasks"].says = {
      data: { shelves: [one, other, one, third, other, one] },
    };
    hub.subgraphs.libraries.says = ({ variables }) => ({
      data: {
        _entities: (variables.representations as (typeof one)[]).map(
          ({ __typename, hall, row }) => ({
            __typename,
            books: hall === "A" ? row : 10 * row,
          }),
        ),
      },
    });
    hub.subgraphs.libraries.received.length = 0;

    const { data } = await gateway.ask("{ shelves { books } }");

    expect(data.shelves).toEqual([1, 2, 1, 10, 2, 1].map((books) => ({ books })));
    expect(
      hub.subgraphs.libraries.received.map(({ variables }) => variables.representations),
    ).toEqual([[one, other, third]]);
  });
});
