import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { faultMessage, INVALID_PART, type Fault } from "./subgraph-fault";
import type { Flaw } from "./answer-check";
import type { SubgraphError } from "./subgraph";
import type { Path, SubgraphOperation } from "./subgraph-operation";

/** What a subgraph may say of itself; whatever else it says is its internal error. A closed list. */
const CODES = new Set([
  "BAD_USER_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "SUBGRAPH_UNAVAILABLE",
  "INTERNAL_SERVER_ERROR",
]);

/** Extensions that would carry a subgraph's insides to the client, or steer Apollo Server's HTTP answer. */
const NEVER_PASSED_ON = ["stacktrace", "exception", "debug", "http", "serviceName"];

/** An error about one place of one subgraph's answer. */
export interface PathError {
  message: string;
  path: Path;
  extensions: Record<string, unknown>;
}

/**
 * An error whose path is already the client's. Apollo's gateway maps paths by a count that goes wrong as soon as it has
 * passed over an object, so it is given none, and hands this back as the original of the error it makes.
 */
export class PlacedError implements Omit<GraphQLFormattedError, "path"> {
  constructor(
    readonly message: string,
    readonly extensions: Record<string, unknown>,
    readonly clientPath: Path,
  ) {}
}

/** One error for each key that a subgraph should have filled and did not. */
export const faultErrors = (subgraph: string, fault: Fault, paths: readonly Path[]): PathError[] =>
  paths.map((path) => ({
    message: faultMessage(subgraph, fault),
    path,
    extensions: { code: "SUBGRAPH_UNAVAILABLE", subgraph, reason: fault.reason },
  }));

/** What the subgraph said, where it said it; an error that names no path is told wherever the answer lacks something. */
export function answerErrors(
  subgraph: string,
  operation: SubgraphOperation,
  data: Record<string, unknown> | null | undefined,
  said: readonly SubgraphError[],
  flaws: readonly Flaw[],
): PathError[] {
  const located = said.filter(({ path }) => path?.length);
  const unlocated = said.filter(({ path }) => !path?.length);
  const errors = located.map((error) => ({ ...passedOn(subgraph, error), path: error.path! }));
  if (unlocated.length === 0) return [...errors, ...flaws.map((flaw) => flawError(subgraph, flaw))];
  const paths = flaws.length > 0 ? flaws.map(({ path }) => path) : emptyKeys(operation, data);
  return [
    ...errors,
    ...unlocated.flatMap((error) => paths.map((path) => ({ ...passedOn(subgraph, error), path }))),
  ];
}

function passedOn(subgraph: string, error: SubgraphError): Omit<PathError, "path"> {
  const { message, extensions } = error;
  const kept = Object.entries(extensions ?? {}).filter(([name]) => !NEVER_PASSED_ON.includes(name));
  const code = CODES.has(String(extensions?.code)) ? extensions?.code : "INTERNAL_SERVER_ERROR";
  // Only the gateway's own graph speaks for others; what came over the network is never an error object.
  const about = (error instanceof GraphQLError && extensions?.subgraph) || subgraph;
  return { message, extensions: { ...Object.fromEntries(kept), code, subgraph: about } };
}

function flawError(subgraph: string, { kind, path }: Flaw): PathError {
  if (kind === "INVALID") return faultErrors(subgraph, INVALID_PART, [path])[0]!;
  return {
    message:
      `Phân hệ ${subgraph} không có bản ghi mà phân hệ khác tham chiếu đến. / ` +
      `Subgraph ${subgraph} has no such record, though another subgraph refers to it.`,
    path,
    extensions: { code: "INTERNAL_SERVER_ERROR", subgraph },
  };
}

/** The keys that came as null; all of them where none did. */
function emptyKeys(
  operation: SubgraphOperation,
  data: Record<string, unknown> | null | undefined,
): Path[] {
  const keys = operation.responseKeys();
  const empty = keys.filter((path) => valueAt(data, path) == null);
  return empty.length > 0 ? empty : keys;
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, step) => (at as Record<string | number, unknown> | null | undefined)?.[step],
    value,
  );
