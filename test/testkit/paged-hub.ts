import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
  scalar Date
  type Query { items(first: Int! = 20, after: String): ItemConnection }
  type ItemConnection { nodes: [Item!]! pageInfo: PageInfo! missingSectors: [String!]! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Item {
    "Mã số. Of the item."
    code: ID!
    "Tên. Of the item."
    name: String!
    "Ngày mở. Null: unknown."
    openedOn: Date
    "Giá trị, per cent."
    value: Float
    "Lượt sử dụng. Null: not reported."
    visits: Int
    "Có mở cửa."
    isOpen: Boolean
    unit: Unit
  }
  type Unit { code: ID! name: String! }
`;

export const ITEMS_QUERY = `query ItemList($first: Int! = 100, $after: String) {
  items(first: $first, after: $after) {
    missingSectors
    pageInfo { hasNextPage endCursor }
    nodes { code name openedOn value visits isOpen unit { code name } }
  }
}
`;

const item = (at: number) => ({
  __typename: "Item",
  code: `TV-${String(at).padStart(6, "0")}`,
  name: `=Thư viện, "số" ${at}`,
  openedOn: `20${String(at % 25).padStart(2, "0")}-07-01`,
  value: at / 8,
  visits: at % 7 === 0 ? null : at,
  isOpen: at % 2 === 0,
  unit: { __typename: "Unit", code: String(3388 + (at % 38)), name: `Xã ${at % 38}` },
});

/** One subgraph with a list of so many items, a supergraph of it and a known operation that reads it page by page. */
export async function startPagedHub(items: number) {
  const hub = {
    supergraphPath: "",
    operationsPath: "",
    /** How often a page was asked for. */
    asked: 0,
    /** From this item on, pages bring an error beside their rows; undefined: never. */
    failsFrom: undefined as number | undefined,
    /** Sectors that leave out their part of the list. */
    missingSectors: [] as string[],
    stop: async () => {},
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { variables } = JSON.parse(body) as { variables: { first: number; after?: string } };
      const begin = Number(variables.after ?? 0);
      const end = Math.min(begin + variables.first, items);
      hub.asked += 1;
      const isFaulty = hub.failsFrom !== undefined && end > hub.failsFrom;
      const nodes = Array.from({ length: end - begin }, (_, index) => item(begin + index));
      const pageInfo = { hasNextPage: end < items, endCursor: String(end) };
      const errors = [{ message: "kho đóng cửa", path: ["items", "nodes", 0, "name"] }];
      const { missingSectors } = hub;
      const data = { items: { nodes, pageInfo, missingSectors } };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ data, ...(isFaulty && { errors }) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const composed = composeServices([{ name: "items", url, typeDefs: parse(SDL) }]);
  if (composed.errors) throw new AggregateError(composed.errors, composed.errors.join("\n"));
  const folder = await mkdtemp(join(tmpdir(), "paged-hub-"));
  hub.supergraphPath = join(folder, "supergraph.graphql");
  hub.operationsPath = folder;
  await writeFile(hub.supergraphPath, composed.supergraphSdl);
  const operations = await mkdtemp(join(folder, "operations-"));
  hub.operationsPath = operations;
  await writeFile(join(operations, "item-list.graphql"), ITEMS_QUERY);
  hub.stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
    await rm(folder, { recursive: true, force: true });
  };
  return hub;
}
