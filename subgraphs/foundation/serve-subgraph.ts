import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { buildSubgraphSchema } from "@apollo/subgraph";
import type { DocumentNode, GraphQLError, GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { z } from "zod";
import { AccessRefused } from "../../access/access-refused";
import { createLog } from "../../telemetry/log";
import { noteOperation, observeRequest } from "../../telemetry/observed-request";
import type { Telemetry } from "../../telemetry/telemetry";
import { inSpan } from "../../telemetry/tracing";
import { createAnswerer, type AnswerQuestion } from "./answer-question";
import type { Database } from "./database";
import { readDataVersions, type DataVersions } from "./ledger/data-version";
import { readPublished, type PublishedChanges, type Publishing } from "./ledger/published-changes";
import { type PartialFaults } from "./faults";
import { answerImport } from "./institution/exchange/answer-import";
import { answerTemplate } from "./institution/exchange/answer-template";
import type { FileAnswer, FileAsk } from "./institution/exchange/file-import";
import type { TemplateAsk } from "./institution/exchange/template";
import type { Caller } from "./rights/caller";
import type { Doorman } from "./rights/doorman";
import { enforceRights } from "./rights/enforce-rights";

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
  /** What of its ledgers may be told to everybody; left out where it is the same for all of them. */
  publishing?: Publishing;
  /** Takes a file of reports; left out where there is nothing to import. */
  importFile?: (caller: Caller, ask: FileAsk) => Promise<FileAnswer>;
  /** Makes the workbook to be filled in for such a file; left out likewise. */
  writeTemplate?: (caller: Caller, ask: TemplateAsk) => Promise<Buffer>;
  /** Made anew for every request: nothing in it may outlive the caller. */
  createContext: (caller: Caller) => Context;
}

export interface Serving {
  url: string;
  port: number;
  /** The same answers for whoever shares the process, and vouches for the caller. */
  answer: AnswerQuestion;
  /** Whether what was answered before still holds. */
  dataVersions: () => Promise<DataVersions>;
  /** What was published after these entries of the ledgers, by name of the owner's database. */
  publishedChanges: (after: Readonly<Record<string, number>>) => Promise<PublishedChanges>;
  /** Finishes what has begun, then closes the databases. */
  stop(): Promise<void>;
}

const MAX_BODY = 16 * 1024 * 1024;
const MAX_FILE = 33 * 1024 * 1024;
const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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
  const log = createLog(subgraph.name, "error");
  return createServerOver(executableSchema(subgraph), log);
}

function executableSchema<Context extends SubgraphContext>({
  typeDefs,
  resolvers,
}: Subgraph<Context>): GraphQLSchema {
  return enforceRights(buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }));
}

function createServerOver<Context extends SubgraphContext>(
  schema: GraphQLSchema,
  log: Logger,
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    introspection: true,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    plugins: [partialFaultsPlugin(), faultLog(log), ApolloServerPluginInlineTraceDisabled()],
    formatError,
  });
}

const isTold = ({ extensions }: GraphQLFormattedError) => CODES.has(String(extensions?.code));

function formatError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  if (isTold(formatted)) return formatted;
  return {
    ...formatted,
    message: "Lỗi bên trong phân hệ. / Internal error of the subgraph.",
    extensions: { code: "INTERNAL_SERVER_ERROR" },
  };
}

/** Logs what the caller is only told to exist, under the request's id. */
function logFault(log: Logger, error: GraphQLError, requestId: string | undefined): void {
  if (!isTold(error)) log.error({ requestId, err: error }, "internal error");
}

const faultLog = <Context extends SubgraphContext>(log: Logger): ApolloServerPlugin<Context> => ({
  async requestDidStart({ request: { http } }) {
    return {
      async didEncounterErrors({ errors }) {
        for (const error of errors) {
          // What Apollo Server refuses for want of form has its code only later, and nothing to hide.
          if (error.extensions.code === undefined && error.originalError === undefined) continue;
          logFault(log, error, http?.headers.get("x-request-id"));
        }
      },
    };
  },
});

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
 * Serves `POST /graphql`, `GET /health`, `GET /data-versions` and `GET /published-changes` on the port, and where there are
 * reports `POST /import` and `GET /template`.
 * @throws when the port is taken, naming it and the setting that changes it.
 */
export async function serveSubgraph<Context extends SubgraphContext>(
  subgraph: Subgraph<Context>,
  {
    port,
    host,
    portSetting,
    doorman,
    telemetry = { log: createLog(subgraph.name, "error"), tracing: undefined },
  }: { port: number; host: string; portSetting: string; doorman: Doorman; telemetry?: Telemetry },
): Promise<Serving> {
  const { log, tracing } = telemetry;
  const schema = executableSchema(subgraph);
  const apollo = createServerOver(schema, log);
  await apollo.start();
  const server = createServer((request, response) => {
    observeRequest(telemetry, request, response, () => {
      answer(apollo, subgraph, doorman, request, response).catch((error: unknown) => {
        log.error({ err: error }, "request failed");
        if (!response.headersSent)
          send(response, 500, "application/json", '{"errors":[{"message":"Internal error"}]}');
        else response.destroy();
      });
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
    answer: createAnswerer({
      schema,
      createContext: subgraph.createContext,
      formatError,
      onError: (error, requestId) => logFault(log, error, requestId),
      tracing,
    }),
    dataVersions: () =>
      inSpan(tracing, "data-versions", {}, () => readDataVersions(subgraph.databases)),
    publishedChanges: (after) => readPublished(subgraph.databases, after, subgraph.publishing),
    stop: async () => {
      await closeServer(server);
      await apollo.stop();
      await Promise.all(subgraph.databases.map((database) => database.close()));
      await tracing?.stop();
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
  doorman: Doorman,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path, query = ""] = splitAddress(request.url ?? "/");
  if (path === "/health")
    return send(response, 200, "application/json", `{"subgraph":"${subgraph.name}","live":true}`);
  if (path === "/data-versions") {
    const versions = await readDataVersions(subgraph.databases);
    return send(response, 200, "application/json", JSON.stringify({ versions }));
  }
  if (path === "/published-changes") {
    const after = readPositions(request.url ?? "/");
    if (after === undefined)
      return send(response, 400, "text/plain", '?after={"<owner>":<number>}');
    const published = await readPublished(subgraph.databases, after, subgraph.publishing);
    return send(response, 200, "application/json", JSON.stringify({ published }));
  }
  const isImport = path === "/import" && subgraph.importFile !== undefined;
  const isTemplate =
    path === "/template" && request.method === "GET" && subgraph.writeTemplate !== undefined;
  const isPost = (path === "/graphql" || isImport) && request.method === "POST";
  if (!isPost && !isTemplate) return send(response, 404, "text/plain", "POST /graphql");
  const body = await readBody(request, isImport ? MAX_FILE : MAX_BODY);
  if (body === null) {
    response.setHeader("connection", "close");
    return send(response, 413, "text/plain", "Body too large");
  }
  let caller: Caller;
  try {
    caller = await doorman(request.headers, body, query);
  } catch (error) {
    if (!(error instanceof AccessRefused)) throw error;
    response.setHeader("www-authenticate", 'Bearer error="invalid_token"');
    return send(response, 401, "application/json", JSON.stringify({ errors: [error.toJSON()] }));
  }
  if (isImport) {
    const answered = await answerImport(subgraph.importFile!, caller, request.url ?? "/", body);
    return send(response, answered.status, "application/json", JSON.stringify(answered.body));
  }
  if (isTemplate) {
    const made = await answerTemplate(subgraph.writeTemplate!, caller, request.url ?? "/");
    if ("workbook" in made) return send(response, made.status, WORKBOOK, made.workbook);
    return send(response, made.status, "application/json", JSON.stringify(made.body));
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch {
    return send(response, 400, "application/json", '{"errors":[{"message":"Body is not JSON"}]}');
  }
  const outcome = { hasErrors: false };
  const { query: text } = (parsed ?? {}) as { query?: unknown };
  if (typeof text === "string") noteOperation(response, text, undefined, outcome);
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: "POST", headers, search: "", body: parsed },
    context: async () => subgraph.createContext(caller),
  });
  if (result.body.kind !== "complete") throw new Error("incremental delivery is not served here");
  outcome.hasErrors = result.body.string.startsWith('{"errors"');
  for (const [name, value] of result.headers) response.setHeader(name, value);
  send(
    response,
    result.status ?? 200,
    result.headers.get("content-type") ?? "application/json",
    result.body.string,
  );
}

function splitAddress(address: string): string[] {
  const mark = address.indexOf("?");
  return mark === -1 ? [address] : [address.slice(0, mark), address.slice(mark + 1)];
}

/** Undefined when they are not an object of numbers. */
function readPositions(url: string): Record<string, number> | undefined {
  try {
    const text = new URL(url, "http://subgraph").searchParams.get("after") ?? "{}";
    const read = z.record(z.string(), z.int().min(0)).safeParse(JSON.parse(text));
    return read.data;
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
