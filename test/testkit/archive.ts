import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { composeServices } from "@apollo/composition";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { Supergraph } from "@apollo/federation-internals";
import {
  buildSchema,
  execute,
  GraphQLError,
  GraphQLScalarType,
  parse,
  printSchema,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from "graphql";

const LINK = (...names: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${["@key", "@shareable", ...names].map((name) => `"${name}"`).join(", ")}])\n`;

type Row = Record<string, unknown>;

/** A resolver that must not be called without what it requires. */
const needs = (value: unknown, name: string): void => {
  if (value === undefined) throw new GraphQLError(`${name} was not sent along`);
};

const BUILDINGS = {
  A: { code: "A", name: "Nhà A" },
  B: { code: "B", name: null },
};

const PEOPLE: Row[] = ["p1", "p2", "p3", "p4"].map((id, index) => ({
  __typename: "Person",
  id,
  email: `${id}@archive.example`,
  name: ["Lò Thị Mai", "Giàng A Páo", 'Tẩn "U" Mẩy\n', "Vàng \\ Seo"][index],
  age: index === 2 ? null : 30 + index,
  nickname: ({ upper }: { upper: boolean }) => (upper ? `MAI ${index}` : `mai ${index}`),
  secret: () => {
    throw new GraphQLError(`Không được xem ${id}`, { extensions: { code: "FORBIDDEN" } });
  },
  friends: () => PEOPLE.filter((_, other) => other !== index && (other + index) % 2 === 1),
  favourite: () => MEDIA[index] ?? null,
  pets: index === 1 ? null : [{ name: "Vện" }, null, { name: `Mực ${index}` }],
}));

const MEDIA: Row[] = ["m1", "m2", "m3", "m4", "m5"].map((id, index) => {
  const isBook = index !== 1 && index !== 4;
  const own = isBook
    ? {
        __typename: "Book",
        isbn: `isbn-${index}`,
        pages: index === 3 ? null : 100 + index,
        matrix: [[{ x: index, label: "góc" }, null], [], [{ x: 9, label: null }]],
        price: ({ currency }: { currency: string }) => (currency === "USD" ? 10 : 250_000) + index,
        dollars: 10 + index,
        weight: 5 * (100 + index),
        summary: () =>
          `${100 + index} trang / ${JSON.stringify({ rank: index, tags: ["a", { b: null }] })}`,
        stock: index === 0 ? null : index,
      }
    : { __typename: "Movie", minutes: 90 + index };
  return {
    id,
    title: `Tác phẩm ${index}`,
    genre: ["NOVEL", "FILM", null][index % 3],
    extra: { rank: index, tags: ["a", { b: null }] },
    creators: () => PEOPLE.filter((_, person) => person % 2 === index % 2),
    related: () => [MEDIA[(index + 1) % 5], null, MEDIA[(index + 2) % 5]],
    score: index === 2 ? null : index + 0.5,
    ratings: ({ min }: { min: number }) =>
      RATINGS.filter(({ of, stars }) => of === id && (stars as number) >= min),
    ...own,
  };
});

const RATINGS: Row[] = Array.from({ length: 14 }, (_, index) => ({
  of: `m${1 + (index % 5)}`,
  stars: 1 + (index % 4),
  by: () => PEOPLE[index % 4],
  note: index % 3 === 0 ? null : `ghi chú ${index}`,
}));

const SHELVES: Row[] = [1, 2].map((row) => ({
  __typename: "Shelf",
  building: row === 1 ? BUILDINGS.A : BUILDINGS.B,
  row,
  items: () => [MEDIA[row]!, MEDIA[0]!, SHELVES[0]!],
  books: () => [MEDIA[0], null, MEDIA[2]],
  best: () => (row === 1 ? MEDIA[1] : null),
  capacity: 10 * row,
  warning: () => {
    throw new GraphQLError(`Giá ${row} đã đầy`);
  },
}));

const bookWith = (isbn: unknown) => MEDIA.find((one) => one.isbn === isbn);
const mediaWith = (id: unknown) => MEDIA.find((one) => one.id === id);
const personWith = ({ id, email }: Row) =>
  PEOPLE.find((one) => (id === undefined ? one.email === email : one.id === id));
const shelfWith = ({ building, row }: Row) =>
  SHELVES.find(
    (one) => one.row === row && (one.building as Row).code === (building as Row | undefined)?.code,
  );

const JSONScalar = new GraphQLScalarType({ name: "JSON" });
const typename = { __resolveType: ({ __typename }: Row) => __typename };

const ROOTS: Record<string, unknown> = {
  media: (_: unknown, { id }: Row) => mediaWith(id) ?? null,
  allMedia: (_: unknown, { first }: { first: number }) => MEDIA.slice(0, first),
  items: () => [MEDIA[0], SHELVES[1], MEDIA[4]],
  shelf: (_: unknown, { row }: Row) => SHELVES.find((one) => one.row === row) ?? null,
  book: (_: unknown, { isbn }: Row) => bookWith(isbn) ?? null,
  broken: () => {
    throw new GraphQLError("Hỏng");
  },
  person: (_: unknown, args: Row) => personWith(args) ?? null,
  people: () => PEOPLE,
  topRated: () => [MEDIA[3], MEDIA[1], MEDIA[0], MEDIA[3]],
  orders: (_: unknown, { filter }: { filter?: { from?: number; ids?: string[] } }) =>
    ["o1", "o2", "o3"]
      .slice(filter?.from ?? 0)
      .filter((id) => filter?.ids?.includes(id) ?? true)
      .map((id, index) => ({ id, book: MEDIA[[0, 2, 3][index]!], buyer: PEOPLE[index] })),
};
const roots = (...names: string[]) => Object.fromEntries(names.map((name) => [name, ROOTS[name]]));

const COMMON = `
  type Building @shareable { code: ID!  name: String }`;

interface Subgraph {
  sdl: string;
  resolvers: Record<string, unknown>;
}

/**
 * A library, a shop and their readers, in four subgraphs that use all that Federation has: interfaces, unions, interface
 * objects, several and compound keys, `@requires` (once with an argument), `@provides`, `@override`, nested lists, custom scalars.
 */
const ARCHIVE: Readonly<Record<string, Subgraph>> = {
  catalog: {
    sdl: `${LINK()}${COMMON}
      scalar JSON
      enum Genre { NOVEL FILM }
      enum Currency { VND USD }
      interface Media @key(fields: "id") {
        id: ID!  title: String!  genre: Genre  extra: JSON  creators: [Person!]!  related: [Media]
      }
      type Book implements Media @key(fields: "id") @key(fields: "isbn") {
        id: ID!  isbn: ID!  title: String! @shareable  genre: Genre  extra: JSON  creators: [Person!]!  related: [Media]
        pages: Int  matrix: [[Cell]!]!  price(currency: Currency! = VND): Int
      }
      type Movie implements Media @key(fields: "id") {
        id: ID!  title: String!  genre: Genre  extra: JSON  creators: [Person!]!  related: [Media]
        minutes: Int
      }
      type Cell { x: Int!  label: String }
      union Item = Book | Movie | Shelf
      type Shelf @key(fields: "building { code } row") {
        building: Building!  row: Int!  items: [Item!]!  books: [Book]  best: Item
      }
      type Person @key(fields: "id", resolvable: false) { id: ID! }
      type Query {
        media(id: ID!): Media  allMedia(first: Int = 3): [Media!]!  items: [Item!]
        shelf(row: Int!): Shelf  book(isbn: ID!): Book  broken: String
      }`,
    resolvers: {
      Query: roots("media", "allMedia", "items", "shelf", "book", "broken"),
      JSON: JSONScalar,
      Media: { ...typename, __resolveReference: ({ id }: Row) => mediaWith(id) },
      Item: typename,
      Book: {
        __resolveReference: ({ id, isbn }: Row) =>
          id === undefined ? bookWith(isbn) : mediaWith(id),
      },
      Movie: { __resolveReference: ({ id }: Row) => mediaWith(id) },
      Shelf: { __resolveReference: shelfWith },
    },
  },
  people: {
    sdl: `${LINK()}
      type Person @key(fields: "id") @key(fields: "email") {
        id: ID!  email: String!  name: String @shareable  age: Int  nickname(upper: Boolean = false): String
        secret: String  friends: [Person!]  favourite: Media  pets: [Pet]
      }
      type Pet { name: String! }
      interface Media @key(fields: "id", resolvable: false) { id: ID! }
      type Book implements Media @key(fields: "id", resolvable: false) { id: ID! }
      type Movie implements Media @key(fields: "id", resolvable: false) { id: ID! }
      type Query { person(id: ID, email: String): Person  people: [Person!]! }`,
    resolvers: {
      Query: roots("person", "people"),
      Media: typename,
      Person: { __resolveReference: personWith },
    },
  },
  ratings: {
    sdl: `${LINK("@interfaceObject")}
      type Media @interfaceObject @key(fields: "id") {
        id: ID!  score: Float  ratings(min: Int! = 0): [Rating!]!
      }
      type Rating { stars: Int!  by: Person!  note: String }
      type Person @key(fields: "id", resolvable: false) { id: ID! }
      type Query { topRated: [Media!]! }`,
    resolvers: {
      Query: {
        topRated: () =>
          [MEDIA[3], MEDIA[1], MEDIA[0], MEDIA[3]].map((one) => ({ ...one, __typename: "Media" })),
      },
      Media: {
        __resolveReference: ({ id }: Row) => {
          const found = mediaWith(id);
          return found && { ...found, __typename: "Media" };
        },
      },
    },
  },
  shop: {
    sdl: `${LINK("@external", "@requires", "@provides", "@override")}${COMMON}
      scalar JSON
      enum Currency { VND USD }
      type Book @key(fields: "isbn") {
        isbn: ID!  title: String! @external  pages: Int @external  extra: JSON @external
        price(currency: Currency! = VND): Int @external
        dollars: Int @requires(fields: "price(currency: USD)")
        weight: Int @requires(fields: "pages")
        summary: String @requires(fields: "pages extra")
        stock: Int
      }
      type Movie @key(fields: "id") { id: ID!  minutes: Int @override(from: "catalog") }
      type Shelf @key(fields: "building { code } row") {
        building: Building!  row: Int!  capacity: Int!  warning: String
      }
      type Person @key(fields: "email") { email: String!  name: String @external }
      type Order { id: ID!  book: Book! @provides(fields: "title")  buyer: Person @provides(fields: "name") }
      input OrderFilter { from: Int = 0  ids: [ID!] }
      type Query { orders(filter: OrderFilter): [Order!]! }`,
    resolvers: {
      Query: roots("orders"),
      JSON: JSONScalar,
      Book: {
        __resolveReference: (reference: Row) => {
          const found = bookWith(reference.isbn);
          const told = { pages: undefined, extra: undefined, price: undefined, ...reference };
          return found && { ...found, ...told };
        },
        dollars: ({ price }: Row) => (needs(price, "price"), price),
        weight: ({ pages, weight }: Row) => (
          needs(pages, "pages"),
          pages === null ? weight : (pages as number) * 5
        ),
        summary: ({ pages, extra, isbn }: Row) => {
          needs(pages, "pages");
          needs(extra, "extra");
          return `${(pages as number | null) ?? 100 + Number(String(isbn).slice(5))} trang / ${JSON.stringify(extra)}`;
        },
      },
      Movie: { __resolveReference: ({ id }: Row) => mediaWith(id) },
      Shelf: { __resolveReference: shelfWith },
      Person: { __resolveReference: personWith },
    },
  },
};

/** The executable schema of each subgraph. */
const archiveSubgraphs = (): Map<string, GraphQLSchema> =>
  new Map(
    Object.entries(ARCHIVE).map(([name, { sdl, resolvers }]) => [
      name,
      buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never }),
    ]),
  );

function composeArchive(): string {
  const composed = composeServices(
    Object.entries(ARCHIVE).map(([name, { sdl }]) => ({
      name,
      url: `http://${name}.invalid`,
      typeDefs: parse(sdl),
    })),
  );
  if (composed.errors) throw new AggregateError(composed.errors, composed.errors.join("\n"));
  return composed.supergraphSdl;
}

export interface ServedArchive {
  urls: Record<string, string>;
  /** A file that holds the supergraph. */
  supergraphPath: string;
  /** The same data on one schema, as if there were no subgraphs. */
  merged: GraphQLSchema;
  stop(): Promise<void>;
}

/** The archive's subgraphs over HTTP. */
export async function startArchive(): Promise<ServedArchive> {
  const folder = await mkdtemp(join(tmpdir(), "archive-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  const sdl = composeArchive();
  await writeFile(supergraphPath, sdl);
  const servers: Server[] = [];
  const urls: Record<string, string> = {};
  for (const [name, schema] of archiveSubgraphs()) {
    const server = createServer((request, response) => {
      void text(request).then(async (body) => {
        const { query, variables } = JSON.parse(body) as { query: string; variables?: Row };
        const result = await execute({
          schema,
          document: parse(query),
          variableValues: variables ?? {},
        });
        response.end(JSON.stringify(result));
      });
    });
    // As the hub's own subgraphs: else a connection may be closed just when a gateway writes to it.
    server.keepAliveTimeout = 65_000;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    urls[name] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    servers.push(server);
  }
  return {
    urls,
    supergraphPath,
    merged: mergedArchive(sdl),
    stop: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function mergedArchive(supergraphSdl: string): GraphQLSchema {
  const api = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  const merged = buildSchema(printSchema(api));
  for (const [name, field] of Object.entries(merged.getQueryType()!.getFields()))
    field.resolve = ROOTS[name] as GraphQLFieldResolver<unknown, unknown>;
  return merged;
}
