import type { IncomingMessage, ServerResponse } from "node:http";
import { HeaderMap, type ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { readBody, refuse, refuseMethod, send } from "./http-answer";
import { createRequestContext, type RequestContext } from "./request-context";

const MAX_BODY_BYTES = 1024 * 1024;

/** Marks the moment from which a refusal is about the operation, and no longer about the HTTP request. */
export const operationReadPlugin: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveSource({ contextValue }) {
        contextValue.progress.operationRead = true;
      },
    };
  },
};

/** Answers `POST` and `GET /graphql` through Apollo Server, as GraphQL over HTTP wants it. */
export async function answerGraphQL(
  apollo: ApolloServer<RequestContext>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const context = createRequestContext(request.headers);
  response.setHeader("x-request-id", context.requestId);
  const { method = "" } = request;
  if (method !== "POST" && method !== "GET") return refuseMethod(response, "GET, POST");
  const read = method === "POST" ? await readJson(request, response) : { body: undefined };
  if (read === null) return;

  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const search = new URL(request.url ?? "/", "http://hub").search;
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers, search, body: read.body },
    context: async () => context,
  });
  if (result.body.kind !== "complete") throw new Error("Incremental delivery is not served");
  const contentType = result.headers.get("content-type") ?? "application/json; charset=utf-8";
  // Apollo Server answers 400 to an operation that is wrong; under the older media type that means the HTTP request was.
  const isOurs =
    result.status === 400 &&
    context.progress.operationRead &&
    contentType.startsWith("application/json");
  for (const [name, value] of result.headers) response.setHeader(name, value);
  send(response, isOurs ? 200 : (result.status ?? 200), contentType, result.body.string);
}

/** The parsed body; null once a refusal has been sent. */
async function readJson(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<{ body: unknown } | null> {
  const [type = "", ...parameters] = (request.headers["content-type"] ?? "")
    .split(";")
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/iu.test(parameter));
  if (
    type.toLowerCase() !== "application/json" ||
    (charset && !/^charset="?utf-?8"?$/iu.test(charset))
  ) {
    const accepted = "content-type: application/json; charset=utf-8";
    refuse(response, 415, `Chỉ nhận ${accepted}.`, `Only ${accepted} is accepted.`);
    return null;
  }
  const bytes = await readBody(request, MAX_BODY_BYTES);
  if (bytes === null) {
    // The rest of the body is not worth reading, so the connection cannot be used again.
    const headers = { connection: "close" };
    refuse(
      response,
      413,
      "Nội dung gửi lên vượt quá 1 MB.",
      "The body is larger than 1 MB.",
      headers,
    );
    return null;
  }
  try {
    const body: unknown = JSON.parse(bytes.toString("utf8"));
    return { body };
  } catch {
    refuse(response, 400, "Nội dung gửi lên không phải JSON.", "The body is not JSON.");
    return null;
  }
}
