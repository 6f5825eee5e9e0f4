import type { IncomingMessage, ServerResponse } from "node:http";
import { HeaderMap, type ApolloServer } from "@apollo/server";
import { type GraphQLError } from "graphql";
import Negotiator from "negotiator";
import { noteOperation } from "../telemetry/observed-request";
import { answerKey } from "./answer-cache/answer-key";
import type { AnswerCache } from "./answer-cache/answer-cache";
import type { SharedAnswers } from "./answer-cache/shared-answers";
import type { StartedOperation } from "./execution/started-operation";
import type { HubGateway } from "./gateway";
import type { GatewayMetrics } from "./metrics";
import { isNestedTooDeep } from "./limits/json-nesting";
import type { OperationLimits } from "./limits/operation-limits";
import { takesEncoding, varyBy } from "./http/accepted-encoding";
import { endTogether } from "./http/end-together";
import { readAccepted, sendParts } from "./http/multipart";
import {
  nameQuery,
  readAsked,
  readJson,
  refuseNesting,
  type ReadBody,
} from "./http/graphql-request";
import { refuse, refuseMethod, send } from "./http/http-answer";
import type { TrustedDocuments } from "./trusted-documents";
import { squeeze } from "./http/squeezed-answer";
import { readViewer, type CallerParts } from "./viewer";
import { createRequestContext, type RequestContext } from "./request-context";

export interface GraphQLParts extends CallerParts {
  apollo: ApolloServer<RequestContext>;
  gateway: HubGateway;
  shared: SharedAnswers;
  documents: TrustedDocuments;
  limits: OperationLimits;
  /** Undefined: every answer is made anew. */
  answers: AnswerCache | undefined;
  /** Undefined where nothing is counted. */
  metrics: GatewayMetrics | undefined;
  /** What may be asked without a token. */
  anonymousOperations: "any" | "trusted";
}

/**
 * Answers `POST` and `GET /graphql` as GraphQL over HTTP wants it. What is asked in the usual way goes straight to the
 * gateway; Apollo Server answers all else, and says what is wrong with what cannot be answered.
 */
export async function answerGraphQL(
  parts: GraphQLParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "" } = request;
  if (method !== "POST" && method !== "GET") return refuseMethod(response, "GET, POST");
  const viewer = await readViewer(parts, request, response);
  if (viewer === undefined) return;
  const context = createRequestContext(request.headers, viewer);
  response.setHeader("x-request-id", context.requestId);
  response.once("close", () => (context.progress.hasClientLeft = !response.writableFinished));
  const mayAskAnything = viewer !== null || parts.anonymousOperations === "any";
  if (method === "GET") {
    const { searchParams } = new URL(request.url ?? "/", "http://hub");
    if ([...searchParams.values()].some(isNestedTooDeep)) return refuseNesting(response);
    const query = searchParams.get("query");
    measure(parts, query ?? "", context, response);
    if (!mayAskAnything && !parts.documents.has(query ?? ""))
      return refuseUnknown(response, context);
    const refusal = query === null ? undefined : parts.limits.refuseText(query);
    if (refusal) return refuseOperation(request, response, context, refusal);
    return answerByApollo(parts, context, undefined, request, response);
  }
  const read = await readJson(request, response);
  if (read === null) return;
  if (Array.isArray(read.body)) return refuseBatch(response);
  const unknown = nameQuery(parts.documents, read);
  const query = textIn(read.body);
  measure(parts, query, context, response);
  if (unknown) return refuseOperation(request, response, context, unknown);
  if (!mayAskAnything && !parts.documents.has(query)) return refuseUnknown(response, context);
  const answered = answerAtOnce(parts, context, read, request, response);
  if (answered !== undefined) return answered;
  const refusal = parts.limits.refuseText(query);
  if (refusal) return refuseOperation(request, response, context, refusal);
  await answerByApollo(parts, context, read.body, request, response);
}

/** Counts the request once it is answered. */
function measure(
  { metrics, documents }: GraphQLParts,
  query: string,
  { progress }: RequestContext,
  response: ServerResponse,
): void {
  noteOperation(response, query, documents.nameOf(query), progress);
  if (metrics === undefined) return;
  const began = performance.now();
  response.once("finish", () => {
    const seconds = (performance.now() - began) / 1000;
    const { statusCode } = response;
    metrics.requestAnswered(documents.nameOf(query), statusCode, progress.hasErrors, seconds);
  });
}

/** `{"errors":` stands at the beginning of an answer that tells any. */
const ERRORS_AT = 2;
const ERRORS_BEGIN = "e".charCodeAt(0);

/** Undefined, and nothing done, unless it is an ordinary request that the gateway can answer itself. */
function answerAtOnce(
  { gateway, shared, documents, answers, metrics }: GraphQLParts,
  context: RequestContext,
  { text, body, isNamed }: ReadBody,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> | undefined {
  const { headers } = request;
  const { multipart, rest } = readAccepted(headers.accept);
  const contentType = ANSWERED_AS.get(rest);
  const asked = contentType && readAsked(body);
  if (!asked) return undefined;
  const operation = gateway.start(asked, { mayBeInParts: multipart !== undefined });
  if (operation === undefined) return undefined;
  metrics?.fields.count(context.client, operation.fields);
  if (multipart !== undefined && operation.isInParts) {
    metrics?.answered("made");
    return sendParts(response, multipart, operation.executeInParts(context));
  }
  // Who accepts nothing but parts is sent a single one.
  const as = { contentType, multipart: rest === undefined ? multipart : undefined };
  if (!operation.isQuery) {
    return execute(operation, context, metrics).then((json) => {
      shared.forget();
      return sendAnswer(response, json, as, context);
    });
  }
  if (headers["cache-control"] === "no-cache")
    return execute(operation, context, metrics).then((json) =>
      sendAnswer(response, json, as, context),
    );
  if (answers && documents.has(asked.query)) {
    const key = answerKey(gateway.supergraphHash, context, headers["accept-language"], asked);
    const maySqueeze = isNamed && multipart === undefined;
    if (maySqueeze) varyBy(response, "accept-encoding");
    return answers.answer(key, operation, context).then((json) => {
      const squeezed = maySqueeze && takesEncoding(request, "gzip") ? squeeze(json) : undefined;
      return sendAnswer(response, json, as, context, squeezed);
    });
  }
  const rights = JSON.stringify([context.caller.viewer, headers["accept-language"] ?? ""]);
  return shared
    .answer(
      `${rights}\n${text}`,
      operation.subgraphs,
      () => execute(operation, context, metrics),
      context,
    )
    .then((json) => sendAnswer(response, json, as, context));
}

async function execute(
  operation: StartedOperation,
  context: RequestContext,
  metrics: GatewayMetrics | undefined,
): Promise<Buffer> {
  metrics?.answered("made");
  return (await operation.execute(context)).json;
}

/** @param squeezed the same JSON, for who takes gzip. */
function sendAnswer(
  response: ServerResponse,
  json: Buffer,
  { contentType, multipart }: { contentType: string; multipart: string | undefined },
  { progress }: RequestContext,
  squeezed?: Buffer,
): void | Promise<void> {
  progress.hasErrors = json[ERRORS_AT] === ERRORS_BEGIN;
  if (multipart !== undefined)
    return sendParts(response, multipart, [
      `${json.toString("utf8").trimEnd().slice(0, -1)},"hasNext":false}`,
    ]);
  if (squeezed) response.setHeader("content-encoding", "gzip");
  const sent = squeezed ?? json;
  response.writeHead(200, {
    "content-type": contentType,
    "content-length": sent.length,
    "cache-control": "no-store",
  });
  endTogether(response, sent);
}

/** The operation that the body holds; empty where it holds none, which Apollo Server says better. */
function textIn(body: unknown): string {
  const { query } = (body ?? {}) as { query?: unknown };
  return typeof query === "string" ? query : "";
}

/** What is wrong with the operation is told in GraphQL's terms; the older media type knows no status for it. */
function refuseOperation(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { progress }: RequestContext,
  error: GraphQLError,
): void {
  progress.hasErrors = true;
  const isNewer = (headers.accept ?? "").includes("application/graphql-response+json");
  const body = `${JSON.stringify({ errors: [error] })}\n`;
  send(response, isNewer ? 400 : 200, isNewer ? GRAPHQL_TYPE : JSON_TYPE, body, {
    "cache-control": "no-store",
  });
}

const refuseBatch = (response: ServerResponse): void =>
  refuse(
    response,
    400,
    "Mỗi yêu cầu chỉ chứa một truy vấn; hãy gửi từng truy vấn, hoặc gộp nhiều trường vào một truy vấn.",
    "A request holds one operation; send them one by one, or ask for several fields in one operation.",
  );

function refuseUnknown(response: ServerResponse, { progress }: RequestContext): void {
  progress.hasErrors = true;
  const message =
    "Khi không đăng nhập chỉ được gửi truy vấn đã công bố. / Without a token only published operations may be asked.";
  const error = { message, extensions: { code: "FORBIDDEN" } };
  send(response, 403, JSON_TYPE, `${JSON.stringify({ errors: [error] })}\n`, {
    "cache-control": "no-store",
  });
}

const JSON_TYPE = "application/json; charset=utf-8";
const GRAPHQL_TYPE = "application/graphql-response+json; charset=utf-8";

/** What clients usually accept, and what they are then sent; others are left to Apollo Server to settle with. */
const ANSWERED_AS: ReadonlyMap<string | undefined, string> = new Map([
  [undefined, JSON_TYPE],
  ["*/*", JSON_TYPE],
  ["application/json", JSON_TYPE],
  ["application/graphql-response+json", GRAPHQL_TYPE],
  ["application/graphql-response+json, application/json;q=0.9", GRAPHQL_TYPE],
  ["application/graphql-response+json,application/json;q=0.9", GRAPHQL_TYPE],
]);

const APOLLO_ANSWERS_AS = ["application/json", "application/graphql-response+json"];

async function answerByApollo(
  { apollo, shared, metrics }: GraphQLParts,
  context: RequestContext,
  body: unknown,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { accept } = request.headers;
  // Apollo Server finds out once it has carried the operation out, be it a mutation.
  if (accept && !new Negotiator(request).mediaType(APOLLO_ANSWERS_AS)) {
    const types = "application/json, application/graphql-response+json";
    const [vi, en] = [`Chỉ trả lời bằng ${types}.`, `Answers come as ${types} alone.`];
    return refuse(response, 406, vi, en);
  }
  metrics?.answered("apollo");
  const { method = "" } = request;
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const search = new URL(request.url ?? "/", "http://hub").search;
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers, search, body },
    context: async () => context,
  });
  // It may have been a mutation.
  shared.forget();
  if (result.body.kind !== "complete") throw new Error("Incremental delivery is not served");
  const contentType = result.headers.get("content-type") ?? JSON_TYPE;
  // Apollo Server answers 400 to an operation that is wrong; under the older media type that means the HTTP request was.
  const isOurs =
    result.status === 400 &&
    context.progress.operationRead &&
    contentType.startsWith("application/json");
  context.progress.hasErrors = result.body.string.startsWith('{"errors"');
  for (const [name, value] of result.headers) response.setHeader(name, value);
  send(response, isOurs ? 200 : (result.status ?? 200), contentType, result.body.string);
}
