import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GraphQLDataSource } from "@apollo/gateway";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, GraphQLError, parse, type GraphQLSchema } from "graphql";
import type { RequestContext } from "../request-context";
import type { SubgraphConnection } from "../subgraph-connection";
import type { PathError } from "../subgraph-error";
import { documentOf, fetchPathOf, merged, readAnswer } from "../subgraph-request";
import { SubgraphOperation } from "../subgraph-operation";
import type { Supergraph } from "../supergraph";
import { typeNameOf } from "./node-id";

/** The graph that the gateway resolves itself; composed like any other, under this name and address. */
export const NODE_GRAPH = {
  name: "node",
  url: "local:node",
  sdlPath: join(__dirname, "node.graphql"),
};

type Options = Parameters<GraphQLDataSource["process"]>[0];

interface Stub {
  __typename: string;
  id: string;
}

interface NodeContext {
  find: (id: string) => Promise<Stub | null>;
}

const ASK =
  "query NodeExists($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }";
const ASK_DOCUMENT = parse(ASK, { noLocation: true });

/** Finds which type an id names and asks its owner whether there is such a record; the planner fetches the rest. */
export class NodeDataSource implements GraphQLDataSource {
  private readonly local: GraphQLSchema;

  constructor(
    private readonly supergraph: Supergraph,
    private readonly connections: ReadonlyMap<string, SubgraphConnection>,
  ) {
    this.local = buildSubgraphSchema({
      typeDefs: parse(readFileSync(NODE_GRAPH.sdlPath, "utf8")),
      resolvers: {
        Query: {
          node: (_root: unknown, { id }: { id: string }, { find }: NodeContext) => find(id),
        },
        Node: { __resolveType: ({ __typename }: Stub) => __typename },
      } as never,
    });
  }

  async process(options: Options): ReturnType<GraphQLDataSource["process"]> {
    const context = options.context as RequestContext;
    const { query = "", variables = {} } = options.request;
    const document = documentOf(options) ?? parse(query);
    const contextValue: NodeContext = { find: (id) => this.find(id, context) };
    const result = await execute({
      schema: this.local,
      document,
      variableValues: variables,
      contextValue,
    });
    const errors: PathError[] = (result.errors ?? []).map(({ message, path, extensions }) => ({
      message,
      path: path ?? [],
      extensions: { ...extensions },
    }));
    const operation = new SubgraphOperation(this.supergraph.schema, document, variables);
    return merged(context, fetchPathOf(options), operation, result.data ?? null, errors);
  }

  private async find(
    id: string,
    { silent, subgraphHeaders }: RequestContext,
  ): Promise<Stub | null> {
    const __typename = typeNameOf(id);
    const owner = this.supergraph.ownerOf(__typename);
    const connection = this.connections.get(owner ?? "");
    if (owner === undefined || connection === undefined) return null;
    const variables = { representations: [{ __typename, id }] };
    const reply = await connection.post({ query: ASK, variables }, subgraphHeaders);
    if ("fault" in reply && reply.fault.reason === "TIMEOUT") silent.add(owner);
    const operation = new SubgraphOperation(this.supergraph.schema, ASK_DOCUMENT, variables);
    const { data, errors } = readAnswer(owner, operation, reply);
    if (errors[0]) throw new GraphQLError(errors[0].message, { extensions: errors[0].extensions });
    const [found] = data?._entities as unknown[];
    return found === null ? null : { __typename, id };
  }
}
