import type { GraphQLDataSource } from "@apollo/gateway";
import { parse } from "graphql";
import type { Logger } from "pino";
import { placesAt, placesOfRepresentations } from "../client-path";
import type { RequestContext } from "../request-context";
import { questionOf, type Subgraph } from "./subgraph";
import { logFault, readAnswer } from "./subgraph-answer";
import { PlacedError, type PathError } from "./subgraph-error";
import { SubgraphOperation, type Path } from "./subgraph-operation";
import type { GraphQLSchema } from "graphql";

type Options = Parameters<GraphQLDataSource["process"]>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource["process"]>>;

/**
 * Asks one subgraph for Apollo's own executor. Never throws for a subgraph's fault: whatever did not arrive is null, with
 * one error for each key, at the client's own path.
 */
export class SubgraphDataSource implements GraphQLDataSource {
  constructor(
    private readonly name: string,
    private readonly subgraph: Subgraph,
    private readonly schema: GraphQLSchema,
    private readonly log: Logger,
  ) {}

  async process(options: Options): Promise<Answer> {
    const context = options.context as RequestContext;
    const { query = "", variables = {}, operationName } = options.request;
    const document = ("document" in options && options.document) || parse(query);
    const operation = new SubgraphOperation(this.schema, document, variables);

    const reply = await this.subgraph.ask(questionOf(query, variables, operationName), context);
    const { data, errors, fault } = readAnswer(this.name, operation, reply);
    logFault(this.log, context, this.name, fault);
    const fetchPath = ("pathInIncomingRequest" in options && options.pathInIncomingRequest) || [];
    return merged(context, fetchPath, operation, data, errors);
  }
}

/** Hands an answer to the gateway, each error put where the client will look for it. */
function merged(
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
