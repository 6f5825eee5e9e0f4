import { isObjectType, type DocumentNode, type GraphQLSchema } from "graphql";
import { AnswerShape } from "./answer-shape";
import { compileRepresentation, type Represent, type Requirement } from "./representation";
import type { Rewrite } from "./rewrite";
import { carried } from "../http/carried-text";
import { SubgraphOperation } from "../subgraph/subgraph-operation";

/** What Apollo's planner says of one fetch. */
export interface PlannedFetch {
  serviceName: string;
  requires?: readonly Requirement[];
  variableUsages?: readonly string[];
  operation: string;
  operationName: string | undefined;
  operationDocumentNode?: DocumentNode;
  inputRewrites?: readonly Rewrite[];
  outputRewrites?: readonly Rewrite[];
}

/** One fetch of a plan, made ready to be asked many times. */
export class FetchStep {
  readonly subgraph: string;
  readonly query: string;
  readonly operationName: string | undefined;
  /** The operation's text and name as JSON, up to where its variables stand. */
  readonly opening: string;
  readonly carriedOpening: string;
  readonly variables: readonly string[];
  readonly represent: Represent | undefined;
  readonly rewrites: readonly Rewrite[];
  /** Objects are told to it as of their interface, of whose types it may not know. */
  readonly isAskedByInterface: boolean;
  /** Keys of its objects that other fetches write into as well. */
  readonly contended = new Set<string>();
  readonly document: DocumentNode;
  /** What the answer must look like. */
  readonly shape: AnswerShape;

  constructor(
    readonly schema: GraphQLSchema,
    planned: PlannedFetch,
    /** Where in the client's answer the objects stand that it adds to. */
    readonly path: readonly string[],
    /** Which parts of the answer wait for it, where it is sent in parts. */
    readonly parts: ReadonlySet<number> | undefined,
  ) {
    const { operation: query, operationName, requires } = planned;
    this.subgraph = planned.serviceName;
    this.query = query;
    this.operationName = operationName;
    this.opening = `${JSON.stringify({ query, operationName }).slice(0, -1)},"variables":`;
    this.carriedOpening = carried(this.opening);
    this.variables = planned.variableUsages ?? [];
    this.document = planned.operationDocumentNode!;
    this.isAskedByInterface = (planned.inputRewrites ?? []).length > 0;
    this.shape = new AnswerShape(this.asked());
    this.represent =
      requires && compileRepresentation(schema, requires, planned.inputRewrites ?? []);
    this.rewrites = planned.outputRewrites ?? [];
  }

  /** An entity that is only called by its interface must not hide which type it is of. */
  forgetInterface(entity: Record<string, unknown> | null | undefined): void {
    if (entity && !isObjectType(this.schema.getType(String(entity.__typename))))
      entity.__typename = undefined;
  }

  /** The operation as asked, for what has to be said of single fields. */
  asked(representations?: unknown): SubgraphOperation {
    return new SubgraphOperation(this.schema, this.document, { representations });
  }
}
