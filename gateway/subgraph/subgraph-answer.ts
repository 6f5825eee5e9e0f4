import type { Logger } from "pino";
import { hasAllEntities, mendData } from "./answer-check";
import type { RequestContext } from "../request-context";
import type { Reply, SubgraphError } from "./subgraph";
import { answerErrors, faultErrors, type PathError } from "./subgraph-error";
import {
  ABANDONED,
  INVALID_PART,
  invalidResponse,
  staleSchema,
  type Fault,
} from "./subgraph-fault";
import type { SubgraphOperation } from "./subgraph-operation";

export interface ReadAnswer {
  data: Record<string, unknown> | null;
  errors: PathError[];
  fault?: Fault;
}

/** What a reply brought, made safe to merge, and what has to be said of what it did not bring. */
export function readAnswer(
  subgraph: string,
  operation: SubgraphOperation,
  reply: Reply,
): ReadAnswer {
  const answer = read(subgraph, operation, reply);
  if (!("noteFault" in reply)) return answer;
  const reason = faultIn(answer);
  if (reason !== undefined) reply.noteFault?.(reason);
  return answer;
}

/** What the asker did wrong is told by a subgraph that is in order. */
const OF_THE_ASKER = new Set<unknown>(["BAD_USER_INPUT", "UNAUTHENTICATED", "FORBIDDEN"]);

function faultIn({ fault, errors }: ReadAnswer): string | undefined {
  if (fault) return fault.reason.toLowerCase();
  const own = errors.filter(({ extensions }) => !OF_THE_ASKER.has(extensions.code));
  if (own.length === 0) return undefined;
  const isInvalid = own.some(({ extensions }) => extensions.reason === INVALID_PART.reason);
  return isInvalid ? "invalid_response" : "errors";
}

function read(subgraph: string, operation: SubgraphOperation, reply: Reply): ReadAnswer {
  const failed = (fault: Fault): ReadAnswer => ({
    data: null,
    errors: faultErrors(subgraph, fault, operation.responseKeys()),
    fault,
  });
  if ("fault" in reply) return failed(reply.fault);
  const { data, errors } = reply.body;
  const said = errors ?? [];
  if (!data && said.length > 0 && said.every(isOfValidation))
    return failed(staleSchema(said[0]!.message));
  if (!data) return { data: null, errors: answerErrors(subgraph, operation, data, said, []) };
  if (!hasAllEntities(operation, data)) {
    return said.length > 0
      ? { data: null, errors: answerErrors(subgraph, operation, null, said, []) }
      : failed(invalidResponse("_entities is not the list asked for"));
  }
  const flaws = mendData(
    operation,
    data,
    said.flatMap(({ path }) => (path ? [path] : [])),
  );
  return { data, errors: answerErrors(subgraph, operation, data, said, flaws) };
}

/** The gateway asks only what the supergraph says the subgraph has. */
const isOfValidation = ({ extensions }: SubgraphError): boolean =>
  extensions?.code === "GRAPHQL_VALIDATION_FAILED";

/** Logs that an answer did not come, under the request's id. */
export function logFault(
  log: Logger,
  { requestId }: RequestContext,
  subgraph: string,
  fault: Fault | undefined,
): void {
  if (fault === undefined || fault === ABANDONED) return;
  const { reason, detail } = fault;
  log.warn({ requestId, subgraph, reason, detail }, "subgraph did not answer");
}
