import {
  getVariableValues,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { STALE_IF_SILENT } from "../client-schema";
import { pathInSelection } from "../client-path";
import { fieldsSelected } from "../field-usage";
import { SubgraphOperation, type Path } from "../subgraph/subgraph-operation";
import { AnswerWriter } from "./answer-writer";
import type { Selected } from "./client-errors";
import { conditionVariables, withoutConditions } from "./conditions";
import { Deferral } from "./defer/deferral";
import { compilePlan, fetchesOf, type PlanNode, type PlanStep } from "./plan-step";

type Variables = Readonly<Record<string, unknown>>;

/** More sets of selected fields than this, for one operation, are planned anew each time rather than kept. */
const MAX_VARIANTS = 64;
const MAX_SETTLED_CONDITIONS = 4;

/** An operation with its conditions settled: what to ask, and how to write what was answered. */
export interface Variant {
  /** Undefined where nothing need be asked of anybody. */
  plan: PlanStep | undefined;
  /** The subgraphs that the plan asks, by name, each once. */
  asks: readonly string[];
  selected: SubgraphOperation;
  writer: AnswerWriter;
  /** How it is answered in parts, found out when somebody first wants that; undefined where nothing is deferred. */
  deferral(): Deferral | undefined;
}

/** A client's operation, parsed, validated, planned and compiled: all that does not depend on variables' values. */
export class PreparedOperation {
  readonly operation: OperationDefinitionNode;
  /** Older answers may stand for what does not come. */
  readonly allowsStale: boolean;
  private readonly conditions: readonly string[];
  private selectedFields: readonly string[] | undefined;
  private readonly variants = new Map<string, Variant>();

  constructor(
    private readonly schema: GraphQLSchema,
    /** With keys that the planner cannot mistake. */
    readonly document: DocumentNode,
    private readonly operationName: string | undefined,
    private readonly supergraphSchema: GraphQLSchema,
    private readonly plan: (document: DocumentNode) => PlanNode | undefined,
  ) {
    this.operation = new SubgraphOperation(schema, document, {}, operationName).root;
    const { directives = [] } = this.operation;
    this.allowsStale = directives.some(({ name }) => name.value === STALE_IF_SILENT);
    this.conditions = conditionVariables(document);
  }

  /** What it selects, as `Type.field`: one list, for as long as the operation is remembered. */
  get fields(): readonly string[] {
    return (this.selectedFields ??= fieldsSelected(this.schema, this.document));
  }

  /** With defaults filled in and inputs coerced; undefined when they are not what the operation declares. */
  variables(given: Variables): Variables | undefined {
    const { variableDefinitions = [] } = this.operation;
    if (variableDefinitions.length === 0) return NONE;
    return getVariableValues(this.schema, variableDefinitions, given, { maxErrors: 1 }).coerced;
  }

  /** @throws what the planner throws, and Unsupported. */
  variant(variables: Variables): Variant {
    let key = "";
    for (const name of this.conditions) key += OUTCOMES.get(variables[name]) ?? "n";
    let variant = this.variants.get(key);
    if (variant === undefined) {
      variant = this.settled(variables);
      if (this.variants.size < MAX_VARIANTS) this.variants.set(key, variant);
    }
    return variant;
  }

  /** Settles it for every outcome of its conditions, as far as they are few. @throws as `variant` does. */
  settleAll(): void {
    const outcomes = 2 ** Math.min(this.conditions.length, MAX_SETTLED_CONDITIONS);
    for (let outcome = 0; outcome < outcomes; outcome += 1) {
      const values = this.conditions.map((name, at) => [name, (outcome & (1 << at)) !== 0]);
      this.variant(Object.fromEntries(values) as Variables);
    }
  }

  /** What an error's place is found by. */
  selected(operation: SubgraphOperation): Selected {
    const find = (path: Path) => pathInSelection(this.operation, this.document, path);
    return { schema: this.schema, operation, find };
  }

  private settled(variables: Variables): Variant {
    const picked = Object.fromEntries(
      this.conditions.flatMap((name) =>
        // One that is not given leaves the directive its default.
        Object.hasOwn(variables, name) ? [[name, variables[name]]] : [],
      ),
    );
    const selected = new SubgraphOperation(this.schema, this.document, picked, this.operationName);
    const { schema, supergraphSchema, document, operation } = this;
    const planned = () => this.plan(withoutConditions(document, picked));
    const node = planned();
    const plan = node && compilePlan(supergraphSchema, node);
    let deferral: { of: Deferral | undefined } | undefined;
    return {
      plan,
      asks: [...new Set(fetchesOf(plan).map(({ subgraph }) => subgraph))],
      selected,
      writer: new AnswerWriter(schema, selected),
      deferral: () => {
        deferral ??= {
          of: Deferral.of(schema, supergraphSchema, document, operation, picked, planned),
        };
        return deferral.of;
      },
    };
  }
}

const NONE: Variables = {};
const OUTCOMES: ReadonlyMap<unknown, string> = new Map([
  [true, "1"],
  [false, "0"],
  [undefined, "u"],
]);
