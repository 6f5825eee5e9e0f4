import type { GraphQLDataSource } from "@apollo/gateway";
import { parse, type DocumentNode, type GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { hasAllEntities, mendData } from "./answer-check";
import { placesAt, placesOfRepresentations } from "./client-path";
import type { RequestContext } from "./request-context";
import type { Reply, SubgraphConnection } from "./subgraph-connection";
import { answerErrors, faultErrors, PlacedError, type PathError } from "./subgraph-error";
import { invalidResponse, timedOut, type Fault } from "./subgraph-fault";
import { SubgraphOperation, type Path } from "./subgraph-operation";

type Options = Parameters<GraphQLDataSource["process"]>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource["process"]>>;

/**
 * Asks one subgraph on behalf of a client's request. Never throws for a subgraph's fault: whatever did not arrive is null,
 * with one error for each key, at the client's own path.
 */
export class SubgraphDataSource implements GraphQLDataSource {
  constructor(
    private readonly name: string,
    private readonly connection: SubgraphConnection,
    private readonly schema: GraphQLSchema,
    private readonly deadlineMs: number,
    private readonly log: Logger,
  ) {}

  async process(options: Options): Promise<Answer> {
    const context = options.context as RequestContext;
    const { query = "", variables = {}, operationName } = options.request;
    const operation = new SubgraphOperation(
      this.schema,
      documentOf(options) ?? parse(query),
      variables,
    );

    const reply = await this.ask(context, { query, variables, operationName });
    const { data, errors, fault } = readAnswer(this.name, operation, reply);
    if (fault) {
      const { reason, detail } = fault;
      this.log.warn(
        { requestId: context.requestId, subgraph: this.name, reason, detail },
        "subgraph did not answer",
      );
    }
    return merged(context, fetchPathOf(options), operation, data, errors);
  }

  /** A subgraph that has been silent for a whole deadline is not waited for again in the same request. */
  private async ask(
    context: RequestContext,
    operation: Parameters<SubgraphConnection["post"]>[0],
  ): Promise<Reply> {
    if (context.silent.has(this.name)) return { fault: timedOut(this.deadlineMs) };
    const reply = await this.connection.post(operation, context.subgraphHeaders);
    if ("fault" in reply && reply.fault.reason === "TIMEOUT") context.silent.add(this.name);
    return reply;
  }
}

interface ReadAnswer {
  data: Record<string, unknown> | null;
  errors: PathError[];
  fault?: Fault;
}

export function readAnswer(
  subgraph: string,
  operation: SubgraphOperation,
  reply: Reply,
): ReadAnswer {
  const failed = (fault: Fault): ReadAnswer => ({
    data: null,
    errors: faultErrors(subgraph, fault, operation.responseKeys()),
    fault,
  });
  if ("fault" in reply) return failed(reply.fault);
  const { data, errors } = reply.body;
  const said = errors ?? [];
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

/** Hands an answer to the gateway, each error put where the client will look for it. */
export function merged(
  context: RequestContext,
  fetchPath: Path,
  operation: SubgraphOperation,
  data: Record<string, unknown> | null,
  errors: readonly PathError[],
): Answer {
  const { representations } = operation;
  if (representations === undefined && fetchPath.length === 0 && data) context.roots.push(data);
  if (errors.length === 0) return { data };
  const places = placesAt(context.roots, fetchPath);
  const entityPaths = representations && placesOfRepresentations(places, representations);
  const placed = errors.flatMap(({ message, extensions, path }) => {
    const bases = entityPaths
      ? [entityPaths[Number(path[1])] ?? []]
      : places.map((place) => place.path);
    const rest = entityPaths ? path.slice(2) : path;
    return bases.map((base) => new PlacedError(message, extensions, [...base, ...rest]));
  });
  return { data, errors: placed };
}

export const documentOf = (options: Options): DocumentNode | undefined =>
  "document" in options ? options.document : undefined;

export const fetchPathOf = (options: Options): Path =>
  ("pathInIncomingRequest" in options && options.pathInIncomingRequest) || [];
