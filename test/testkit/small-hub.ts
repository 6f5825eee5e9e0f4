import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { text } from "node:stream/consumers";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { composeServices } from "@apollo/composition";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse, validate, type GraphQLSchema } from "graphql";
import { NODE_GRAPH } from "../../gateway/node/node-graph";
import { SMALL_SUBGRAPHS, type SmallSubgraphName } from "./small-subgraphs";

export interface Received {
  query: string;
  variables: Record<string, unknown>;
  headers: IncomingHttpHeaders;
  /** As it came. */
  body: string;
}

export interface SmallSubgraph {
  url: string;
  /** Everything asked of it so far. */
  received: Received[];
  /** How long it thinks before it answers. */
  delayMs: number;
  /** When set, nothing is answered until it is fulfilled. */
  gate: Promise<void> | undefined;
  /** When set, the body that it answers instead of executing. */
  says: object | ((received: Received) => object) | undefined;
  /** When set, what it tells of the versions of its data; else it has none to tell. */
  versions: Record<string, string> | undefined;
  stop(): Promise<void>;
}

export interface SmallHub {
  subgraphs: Record<SmallSubgraphName, SmallSubgraph>;
  stop(): Promise<void>;
}

export const SMALL_NAMES = Object.keys(SMALL_SUBGRAPHS) as SmallSubgraphName[];

/** Four tiny subgraphs over HTTP, named and joined as the hub's are. */
export async function startSmallHub(): Promise<SmallHub> {
  const started = await Promise.all(
    SMALL_NAMES.map(async (name) => [name, await startSmallSubgraph(name)] as const),
  );
  const subgraphs = Object.fromEntries(started) as SmallHub["subgraphs"];
  return {
    subgraphs,
    stop: async () => {
      await Promise.all(started.map(([, subgraph]) => subgraph.stop()));
    },
  };
}

/** The small hub's supergraph; `more` is added to a subgraph's SDL, `without` leaves graphs out. */
export function composeSmallHub({
  more = {},
  without = [],
}: { more?: Partial<Record<SmallSubgraphName, string>>; without?: string[] } = {}): string {
  const graphs: Array<Record<"name" | "url" | "sdl", string>> = SMALL_NAMES.map((name) => ({
    name: name,
    url: `http://${name}.invalid/graphql`,
    sdl: SMALL_SUBGRAPHS[name].sdl + (more[name] ?? ""),
  }));
  graphs.push({
    name: NODE_GRAPH.name,
    url: NODE_GRAPH.url,
    sdl: readFileSync(NODE_GRAPH.sdlPath, "utf8"),
  });
  const result = composeServices(
    graphs
      .filter(({ name }) => !without.includes(name))
      .map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (result.errors) throw new AggregateError(result.errors, result.errors.join("\n"));
  return result.supergraphSdl;
}

async function startSmallSubgraph(name: SmallSubgraphName): Promise<SmallSubgraph> {
  const { sdl, resolvers } = SMALL_SUBGRAPHS[name];
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === "/data-versions" && subgraph.versions !== undefined)
      return void response.end(JSON.stringify({ versions: subgraph.versions }));
    if (request.method !== "POST") return void response.writeHead(404).end("Not Found");
    const body = await text(request);
    const { query, variables } = JSON.parse(body) as Received;
    const received = { query, variables, headers: request.headers, body };
    subgraph.received.push(received);
    if (subgraph.delayMs > 0) await setTimeout(subgraph.delayMs, undefined, { ref: false });
    await subgraph.gate;
    const said = typeof subgraph.says === "function" ? subgraph.says(received) : subgraph.says;
    const answered = said ?? (await executeHere(schema, query, variables));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answered));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  // As the hub's own subgraphs: else a connection may be closed just when the gateway writes to it.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const subgraph: SmallSubgraph = {
    url: `http://127.0.0.1:${port}/graphql`,
    received: [],
    delayMs: 0,
    gate: undefined,
    says: undefined,
    versions: undefined,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return subgraph;
}

async function executeHere(
  schema: GraphQLSchema,
  query: string,
  variableValues: Record<string, unknown>,
) {
  const document = parse(query);
  const errors = validate(schema, document);
  return errors.length > 0 ? { errors } : execute({ schema, document, variableValues });
}
