import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { ApolloServer } from "@apollo/server";
import type { Logger } from "pino";
import { answerGraphiQL, isGraphiQLAsset } from "./graphiql/serve";
import { answerGraphQL } from "./graphql-endpoint";
import { askReadiness } from "./health";
import { refuse, refuseMethod, send, sendJson } from "./http-answer";
import { createRequestContext, type RequestContext } from "./request-context";
import type { SubgraphConnection } from "./subgraph-connection";

export interface HttpParts {
  apollo: ApolloServer<RequestContext>;
  subgraphs: () => ReadonlyMap<string, SubgraphConnection>;
  log: Logger;
}

/** The gateway's HTTP face; not yet listening. */
export function createHttpServer(parts: HttpParts): Server {
  const server = createServer((request, response) => {
    route(parts, request, response).catch((error: unknown) => {
      parts.log.error(
        { err: error, requestId: response.getHeader("x-request-id") },
        "request failed",
      );
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "Lỗi bên trong cổng dữ liệu.", "Internal error of the gateway.");
    });
  });
  // Longer than load balancers keep theirs, so that none sends into a connection that we are closing.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  return server;
}

async function route(
  parts: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0]!;
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (path === "/graphql") {
    const wantsPage = isRead && (request.headers.accept ?? "").includes("text/html");
    return wantsPage
      ? answerGraphiQL(path, request, response, parts.log)
      : answerGraphQL(parts.apollo, request, response);
  }
  const page = PAGES[path] ?? (isGraphiQLAsset(path) ? answerGraphiQLAsset : undefined);
  if (page === undefined)
    return refuse(response, 404, "Không có trang này.", "There is nothing here.");
  if (!isRead) return refuseMethod(response, "GET, HEAD");
  return page(parts, request, response);
}

type Page = typeof route;

const answerGraphiQLAsset: Page = ({ log }, request, response) =>
  answerGraphiQL(request.url!, request, response, log);

const PAGES: Readonly<Record<string, Page>> = {
  "/": async (_parts, _request, response) =>
    send(response, 302, "text/plain", "/graphql\n", { location: "/graphql" }),
  "/health/live": async (_parts, _request, response) => sendJson(response, 200, { live: true }),
  "/health/ready": async ({ subgraphs }, request, response) => {
    const { requestId } = createRequestContext(request.headers);
    const readiness = await askReadiness(subgraphs(), requestId);
    sendJson(response, readiness.ready ? 200 : 503, readiness);
  },
};
