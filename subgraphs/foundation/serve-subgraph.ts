import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { buildSubgraphSchema } from "@apollo/subgraph";
import type { DocumentNode } from "graphql";
import type { Database } from "./database";
import { type PartialFaults } from "./faults";

/** What every subgraph's context holds, beside its own loaders. */
export interface SubgraphContext {
  faults: PartialFaults;
}

export interface Subgraph<Context extends SubgraphContext> {
  name: string;
  typeDefs: DocumentNode;
  /** Typed against the generated resolver types where it is written. */
  resolvers: object;
  databases: Database[];
  /** Made anew for every request: nothing in it may outlive the caller. */
  createContext: () => Context;
}

export interface Serving {
  url: string;
  port: number;
  /** Finishes what has begun, then closes the databases. */
  stop(): Promise<void>;
}

const MAX_BODY = 16 * 1024 * 1024;

/** Closed list; anything else that a resolver throws is the hub's own fault and says nothing of its insides. */
const CODES = new Set([
  "BAD_USER_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "SUBGRAPH_UNAVAILABLE",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
]);

/** The Apollo server of one subgraph, without a port: the tests ask it directly. */
export function createSubgraphServer<Context extends SubgraphContext>(
  subgraph: Subgraph<Context>,
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema: buildSubgraphSchema({
      typeDefs: subgraph.typeDefs,
      resolvers: subgraph.resolvers as never,
    }),
    introspection: true,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    plugins: [partialFaultsPlugin(), ApolloServerPluginInlineTraceDisabled()],
    formatError: (formatted, error) => {
      if (CODES.has(String(formatted.extensions?.code))) return formatted;
      console.error(`[${subgraph.name}]`, error);
      return {
        ...formatted,
        message: "Lỗi bên trong phân hệ. / Internal error of the subgraph.",
        extensions: { code: "INTERNAL_SERVER_ERROR" },
      };
    },
  });
}

/** Puts the reasons for missing parts beside the data that did arrive. */
function partialFaultsPlugin<Context extends SubgraphContext>(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ contextValue, response }) {
          const { errors } = contextValue.faults;
          if (errors.length === 0 || response.body.kind !== "single") return;
          const result = response.body.singleResult;
          result.errors = [...(result.errors ?? []), ...errors.map((error) => error.toJSON())];
        },
      };
    },
  };
}

/**
 * Serves `POST /graphql` and `GET /health` on the port.
 * @throws when the port is taken, naming it and the setting that changes it.
 */
export async function serveSubgraph<Context extends SubgraphContext>(
  subgraph: Subgraph<Context>,
  { port, host, portSetting }: { port: number; host: string; portSetting: string },
): Promise<Serving> {
  const apollo = createSubgraphServer(subgraph);
  await apollo.start();
  const server = createServer((request, response) => {
    answer(apollo, subgraph, request, response).catch((error) => {
      console.error(`[${subgraph.name}]`, error);
      if (!response.headersSent)
        send(response, 500, "application/json", '{"errors":[{"message":"Internal error"}]}');
      else response.destroy();
    });
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? portTaken(port, portSetting) : error),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}/graphql`,
    port: address.port,
    stop: async () => {
      await closeServer(server);
      await apollo.stop();
      await Promise.all(subgraph.databases.map((database) => database.close()));
    },
  };
}

/** Kept-alive connections would hold the server open for ever: each is closed as soon as it has nothing to answer. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const patience = setTimeout(() => server.closeAllConnections(), 10_000);
  server.closeIdleConnections();
  await closed;
  clearInterval(sweep);
  clearTimeout(patience);
}

function portTaken(port: number, setting: string): Error {
  return new Error(
    `Cổng ${port} đã có chương trình khác dùng; hãy đặt ${setting} sang cổng khác. / ` +
      `Port ${port} is already in use; set ${setting} to another one.`,
  );
}

async function answer<Context extends SubgraphContext>(
  apollo: ApolloServer<Context>,
  subgraph: Subgraph<Context>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? "/").split("?")[0];
  if (path === "/health")
    return send(response, 200, "application/json", `{"subgraph":"${subgraph.name}","live":true}`);
  if (path !== "/graphql" || request.method !== "POST")
    return send(response, 404, "text/plain", "POST /graphql");
  const body = await readBody(request);
  if (body === null) {
    response.setHeader("connection", "close");
    return send(response, 413, "text/plain", "Body too large");
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return send(response, 400, "application/json", '{"errors":[{"message":"Body is not JSON"}]}');
  }
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: "POST", headers, search: "", body: parsed },
    context: async () => subgraph.createContext(),
  });
  if (result.body.kind !== "complete") throw new Error("incremental delivery is not served here");
  for (const [name, value] of result.headers) response.setHeader(name, value);
  send(
    response,
    result.status ?? 200,
    result.headers.get("content-type") ?? "application/json",
    result.body.string,
  );
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
