import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { text } from "node:stream/consumers";
import { ApolloGateway, type GraphQLDataSource } from "@apollo/gateway";
import { ApolloServer, HeaderMap } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Pool } from "undici";
import { readEnvironment } from "../../gateway/environment";
import { endTogether } from "../../gateway/http/end-together";
import { startGateway, type GatewayOptions } from "../../gateway/server";
import { CLASSIC_MONOLITH } from "./classic-schema";
import { replaying } from "./replay";

/** What a contender is started with. */
interface Field {
  /** With every subgraph's address in it. */
  supergraphPath: string;
  /** A folder of the operations that will be asked. */
  operationsPath: string;
  /** By name of the subgraph. */
  urls: Record<string, string>;
  /** By the operation's text, what `bare-http` sends. */
  answers: Record<string, string>;
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Our gateway; its keys are never needed, for nobody signs in. */
async function hub(
  { supergraphPath, operationsPath, urls }: Field,
  options: GatewayOptions = {},
): Promise<string> {
  const { url } = await startGateway(
    {
      ...readEnvironment(),
      port: 0,
      host: "127.0.0.1",
      supergraphPath,
      subgraphUrls: urls,
      subgraphDeadlineMs: 30_000,
      operationsPath,
      executor: "compiled",
      logLevel: "silent",
      access: { DATA_DIRECTORY: tmpdir(), OIDC_AUDIENCE: "lai-chau-hub" },
    },
    options,
  );
  return url;
}

/** The subgraphs' answers lie in the gateway's own process; each is parsed anew, as the gateway changes what it is given. */
function hubInOneProcess(field: Field): Promise<string> {
  const localSubgraphs = Object.fromEntries(
    Object.entries(field.urls).map(([name, url]) => {
      const replay = replaying(async (body) => {
        const headers = { "content-type": "application/json" };
        return (await fetch(url, { method: "POST", headers, body })).text();
      });
      return [
        name,
        {
          answer: async ({ body }: { body: string }) =>
            JSON.parse((await replay(body)).toString()) as object,
          dataVersions: async () => ({ bench: "1" }),
        },
      ];
    }),
  );
  return hub(field, { localSubgraphs });
}

/** As the packages come. */
async function apolloStock({ supergraphPath }: Field): Promise<string> {
  const gateway = new ApolloGateway({
    supergraphSdl: readFileSync(supergraphPath, "utf8"),
    logger: SILENT,
  });
  const server = new ApolloServer({ gateway, logger: SILENT });
  return (await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } })).url;
}

/** With `undici` to the subgraphs and nothing but node:http to the client. */
async function apolloTuned({ supergraphPath }: Field): Promise<string> {
  const gateway = new ApolloGateway({
    supergraphSdl: readFileSync(supergraphPath, "utf8"),
    buildService: ({ url }) => new UndiciSource(url!),
    logger: SILENT,
  });
  const server = new ApolloServer({ gateway, logger: SILENT });
  await server.start();
  return listen(
    createServer((request, response) => {
      void text(request).then(async (body) => {
        const headers = new HeaderMap();
        for (const [name, value] of Object.entries(request.headers))
          headers.set(name, String(value));
        const result = await server.executeHTTPGraphQLRequest({
          httpGraphQLRequest: { method: "POST", headers, search: "", body: JSON.parse(body) },
          context: async () => ({}),
        });
        response.writeHead(result.status ?? 200, Object.fromEntries(result.headers));
        response.end(result.body.kind === "complete" ? result.body.string : "");
      });
    }),
  );
}

class UndiciSource implements GraphQLDataSource {
  private readonly pool: Pool;
  private readonly path: string;

  constructor(url: string) {
    const { origin, pathname } = new URL(url);
    this.pool = new Pool(origin, { connections: 128 });
    this.path = pathname;
  }

  async process({ request }: Parameters<GraphQLDataSource["process"]>[0]) {
    const { query, variables, operationName } = request;
    const { body } = await this.pool.request({
      path: this.path,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables, operationName }),
    });
    return (await body.json()) as Awaited<ReturnType<GraphQLDataSource["process"]>>;
  }
}

/** One server over the same data, without any federation. */
async function apolloMonolith(): Promise<string> {
  const { sdl, resolvers } = CLASSIC_MONOLITH;
  const server = new ApolloServer({ typeDefs: sdl, resolvers: resolvers as never, logger: SILENT });
  return (await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } })).url;
}

/** What node:http can do at most: a finished string for every operation. */
async function bareHttp({ answers }: Field): Promise<string> {
  const known = new Map(
    Object.entries(answers).map(([query, answer]) => [query, Buffer.from(answer)]),
  );
  return listen(
    createServer((request, response) => {
      void text(request).then((body) => {
        const json = known.get(body)!;
        response.writeHead(200, headersOf(json)).end(json);
      });
    }),
  );
}

/**
 * What node:http and undici need to hand a question on and its answer back, with nothing of a gateway between them: right only for
 * what the first subgraph answers alone.
 */
async function bareProxy({ urls }: Field): Promise<string> {
  const { origin, pathname } = new URL(Object.values(urls)[0]!);
  const pool = new Pool(origin, { connections: 128 });
  return listen(
    createServer((request, response) => {
      void text(request).then(async (asked) => {
        const headers = { "content-type": "application/json" };
        const { body } = await pool.request({
          path: pathname,
          method: "POST",
          headers,
          body: asked,
        });
        const json = Buffer.from(await body.arrayBuffer());
        response.writeHead(200, headersOf(json));
        // As the hub does: what it needs must be no more than can be had.
        endTogether(response, json);
      });
    }),
  );
}

const headersOf = (json: Buffer) => ({
  "content-type": "application/json; charset=utf-8",
  "content-length": json.length,
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

const CONTENDERS: Readonly<Record<string, (field: Field) => Promise<string>>> = {
  "hub-http": hub,
  "hub-one-process": hubInOneProcess,
  "hub-cached": hub,
  "hub-cached-one-process": hubInOneProcess,
  "apollo-stock": apolloStock,
  "apollo-tuned": apolloTuned,
  "apollo-monolith": apolloMonolith,
  "bare-http": bareHttp,
  "bare-proxy": bareProxy,
};

const [, , name, fieldPath] = process.argv;
void CONTENDERS[name!]!(JSON.parse(readFileSync(fieldPath!, "utf8")) as Field).then((url) =>
  console.log(url),
);
