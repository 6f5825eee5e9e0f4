import type { ApolloGateway } from "@apollo/gateway";
import { GraphQLError } from "graphql";
import { pathInSelection } from "./client-path";
import { PlacedError } from "./subgraph/subgraph-error";

type Request = Parameters<ApolloGateway["executor"]>[0];
type Result = Awaited<ReturnType<ApolloGateway["executor"]>>;

/**
 * Puts right what the gateway tells of errors: each stands once, at a path of the client's own selection. What it notes
 * beside the data as `valueCompletion` (a null where the schema allows none, and no subgraph said why) becomes an error,
 * as the GraphQL specification wants it; beside other errors it is only their consequence, and Apollo leaves it out.
 * @throws what broke inside the gateway itself, so that it is logged and masked rather than passed for a request error.
 */
export function withClientErrors(result: Result, { operation, document }: Request): Result {
  const { valueCompletion, ...extensions } = result.extensions ?? {};
  const completion = (valueCompletion as GraphQLError[] | undefined) ?? [];
  if (!result.errors && completion.length === 0) return result;

  const broken = result.errors?.find(
    ({ originalError, nodes }) =>
      result.data == null && originalError && !isPlaced(originalError) && !nodes,
  );
  if (broken) throw broken;

  const errors = new Map<string, GraphQLError>();
  for (const error of [...(result.errors ?? []), ...completion.map(internal)]) {
    const { originalError } = error;
    const clear = isPlaced(originalError)
      ? new GraphQLError(originalError.message, {
          path: pathInSelection(operation, document, originalError.clientPath),
          extensions: originalError.extensions,
        })
      : error;
    const key = JSON.stringify([clear.path, clear.message]);
    if (!errors.has(key)) errors.set(key, clear);
  }
  return {
    data: result.data,
    errors: [...errors.values()],
    ...(Object.keys(extensions).length > 0 && { extensions }),
  };
}

const isPlaced = (error: unknown): error is PlacedError => error instanceof PlacedError;

const internal = ({ message, path }: GraphQLError): GraphQLError =>
  new GraphQLError(message, { path, extensions: { code: "INTERNAL_SERVER_ERROR" } });
