import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, GraphQLError, parse, type GraphQLSchema } from "graphql";
import type { RequestContext } from "../request-context";
import {
  questionOf,
  type Published,
  type Question,
  type Reply,
  type SaidVersions,
  type Subgraph,
} from "../subgraph/subgraph";
import { readAnswer } from "../subgraph/subgraph-answer";
import { SubgraphOperation } from "../subgraph/subgraph-operation";
import type { Supergraph } from "../supergraph";
import { typeNameOf } from "./node-id";

/** The graph that the gateway resolves itself; composed like any other, under this name and address. */
export const NODE_GRAPH = {
  name: "node",
  url: "local:node",
  sdlPath: join(__dirname, "node.graphql"),
};

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
export class NodeSubgraph implements Subgraph {
  readonly name = NODE_GRAPH.name;
  private readonly local: GraphQLSchema;

  constructor(
    private readonly supergraph: Supergraph,
    private readonly others: ReadonlyMap<string, Subgraph>,
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

  async ask({ query, variables }: Question, context: RequestContext): Promise<Reply> {
    const contextValue: NodeContext = { find: (id) => this.find(id, context) };
    const { data, errors } = await execute({
      schema: this.local,
      document: parse(query),
      variableValues: JSON.parse(variables) as Record<string, unknown>,
      contextValue,
    });
    return { body: { ...(data && { data }), ...(errors && { errors }) } };
  }

  /** Which type an id names never changes, but whether there is such a record is its owner's to say. */
  dataVersions(): Promise<SaidVersions> {
    return Promise.resolve({});
  }

  /** It has no data of its own. */
  publishedChanges(): Promise<Published> {
    return Promise.resolve({});
  }

  private async find(id: string, context: RequestContext): Promise<Stub | null> {
    const __typename = typeNameOf(id);
    const owner = this.supergraph.ownerOf(__typename);
    const subgraph = this.others.get(owner ?? "");
    if (owner === undefined || subgraph === undefined) return null;
    const variables = { representations: [{ __typename, id }] };
    const reply = await subgraph.ask(questionOf(ASK, variables), context);
    const operation = new SubgraphOperation(this.supergraph.schema, ASK_DOCUMENT, variables);
    const { data, errors } = readAnswer(owner, operation, reply);
    if (errors[0]) throw new GraphQLError(errors[0].message, { extensions: errors[0].extensions });
    const [found] = data?._entities as unknown[];
    return found === null ? null : { __typename, id };
  }
}
