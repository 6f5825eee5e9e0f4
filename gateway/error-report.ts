import type { ApolloServerPlugin } from "@apollo/server";
import type { GraphQLError, GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import type { RequestContext } from "./request-context";

/**
 * Every code that a client can meet: the first five from fields, the rest from requests that could not be executed.
 * Closed; anything else is an error of our own and says nothing of its insides.
 */
const CODES = new Set([
  "BAD_USER_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "SUBGRAPH_UNAVAILABLE",
  "INTERNAL_SERVER_ERROR",
  "BAD_REQUEST",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
]);

/** A subgraph's own word was made fit for clients when it arrived; the gateway's own faults never are. */
const isOurFault = (extensions: GraphQLFormattedError["extensions"]): boolean => {
  const code = extensions?.code;
  return (
    !CODES.has(String(code)) ||
    (code === "INTERNAL_SERVER_ERROR" && extensions?.subgraph === undefined)
  );
};

/** What Apollo Server refuses without a code; only the HTTP status tells that the client was wrong. */
function isBadRequest(error: unknown): boolean {
  const extensions = (error as Partial<GraphQLError> | undefined)?.extensions;
  const { status } = (extensions?.http ?? {}) as { status?: number };
  return extensions?.code === undefined && status !== undefined && status >= 400 && status < 500;
}

/** Nobody reads more; and a message that repeats a name of a megabyte would be as long. */
const MAX_MESSAGE = 2000;

export function formatError(
  formatted: GraphQLFormattedError,
  error?: unknown,
): GraphQLFormattedError {
  if (isBadRequest(error))
    return { ...formatted, extensions: { ...formatted.extensions, code: "BAD_REQUEST" } };
  if (!isOurFault(formatted.extensions)) {
    const { message } = formatted;
    if (message.length <= MAX_MESSAGE) return formatted;
    return { ...formatted, message: `${message.slice(0, MAX_MESSAGE)}…` };
  }
  return {
    message: "Lỗi bên trong cổng dữ liệu. / Internal error of the gateway.",
    ...(formatted.path && { path: formatted.path }),
    extensions: { code: "INTERNAL_SERVER_ERROR" },
  };
}

/** Logs whole what clients are only told of, under the request's id. */
export function errorLog(log: Logger): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart({ contextValue }) {
      return {
        async didEncounterErrors({ errors, operationName }) {
          for (const error of errors.filter(({ extensions }: GraphQLError) =>
            isOurFault(extensions),
          )) {
            // What Apollo Server refuses for want of form has its code only later, and nothing to hide.
            if (error.extensions.code === undefined && error.nodes) continue;
            if (isBadRequest(error)) continue;
            log.error(
              { requestId: contextValue.requestId, operationName, err: error },
              "internal error",
            );
          }
        },
      };
    },
  };
}
