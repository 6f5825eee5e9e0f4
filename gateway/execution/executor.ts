import type { ApolloGateway } from "@apollo/gateway";
import { operationFromDocument, type Schema } from "@apollo/federation-internals";
import type { QueryPlanner } from "@apollo/query-planner";
import {
  GraphQLError,
  Kind,
  parse,
  separateOperations,
  specifiedRules,
  validate,
  visit,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import type { Logger } from "pino";
import { inSpanNow } from "../../telemetry/tracing";
import { fieldsSelected } from "../field-usage";
import { Cache } from "./cache";
import type { OperationLimits } from "../limits/operation-limits";
import type { LastAnswers } from "../stale/last-answers";
import { deferLabelRule } from "./defer/label-rule";
import type { PlanNode } from "./plan-step";
import { withPlainFragments } from "./plain-fragments";
import { PlannedKeys } from "./planned-keys";
import { PreparedOperation } from "./prepared-operation";
import type { Subgraphs } from "./run-plan";
import { StartedOperation } from "./started-operation";

export interface ExecutorParts {
  /** Loaded: its planner plans for us. */
  apollo: ApolloGateway;
  /** What clients see. */
  apiSchema: GraphQLSchema;
  /** What subgraphs hold. */
  supergraphSchema: GraphQLSchema;
  subgraphs: Subgraphs;
  limits: OperationLimits;
  /** Told of each operation that is asked, whether it was remembered or has to be made ready. */
  onPlan?: ((isKept: boolean) => void) | undefined;
  /** What subgraphs last answered; undefined where nothing is kept. */
  lastAnswers: LastAnswers | undefined;
  log: Logger;
}

/** An operation, as a client asks it. */
export interface Asked {
  query: string;
  operationName?: string | undefined;
  variables: Readonly<Record<string, unknown>>;
}

/** An operation that Apollo's executor has to answer, and why: `introspection`, `alias`, `subscription`, `invalid`. */
export interface NotOurs {
  reason: string;
}

/** What a loaded ApolloGateway holds, and keeps to itself: planning again what it planned would double start and memory. */
interface LoadedGateway {
  apiSchema: Schema;
  queryPlanner: QueryPlanner;
}

const MAX_OPERATIONS = 2000;
/** Of their texts together; what is made of a text is larger by a factor that MAX_TOKENS bounds. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
const RULES = [...specifiedRules, deferLabelRule];

/**
 * Runs Apollo's query plans, compiled once for each operation. Answers are JSON from the start: subgraphs' answers are
 * parsed once, put together where they lie and written once.
 */
export class Executor {
  private readonly operations = new Cache<PreparedOperation | NotOurs>(
    MAX_OPERATIONS,
    MAX_CHARACTERS,
  );
  private readonly plannedKeys: PlannedKeys;

  constructor(private readonly parts: ExecutorParts) {
    this.plannedKeys = new PlannedKeys(parts.supergraphSchema);
  }

  /**
   * What the operation comes to with these variables; undefined where that is for Apollo to answer, or to refuse.
   */
  start(
    { query, operationName, variables: given }: Asked,
    { mayBeInParts = false } = {},
  ): StartedOperation | undefined {
    const prepared = this.prepare(query, operationName, this.parts.onPlan);
    if (!(prepared instanceof PreparedOperation)) return undefined;
    const variables = prepared.variables(given);
    if (variables === undefined || this.isTooCostly(query, prepared, variables)) return undefined;
    try {
      const variant = prepared.variant(variables);
      return new StartedOperation(this.parts, prepared, variant, given, mayBeInParts);
    } catch (error) {
      this.parts.log.debug({ err: error }, "left to Apollo's executor");
      return undefined;
    }
  }

  /** Why a valid operation is left to Apollo's executor. */
  whyNot({ query, operationName }: Omit<Asked, "variables">): string {
    const prepared = this.prepare(query, operationName ?? undefined);
    return prepared instanceof PreparedOperation ? "plan" : prepared.reason;
  }

  /** Why a valid document cannot be answered rightly by any plan of Apollo's; undefined: it can. */
  refuse(document: DocumentNode): GraphQLError | undefined {
    const conflict = this.plannedKeys.conflictIn(() =>
      fieldsSelected(this.parts.apiSchema, document),
    );
    if (conflict === undefined) return undefined;
    const [one, other] = conflict.fields;
    return new GraphQLError(
      `${one} và ${other} cần ${conflict.required} với tham số khác nhau; hãy hỏi chúng trong hai truy vấn. / ` +
        `${one} and ${other} require ${conflict.required} with different arguments; ask them in two operations.`,
      { extensions: { code: "BAD_USER_INPUT" } },
    );
  }

  private isTooCostly(
    query: string,
    { document, operation }: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
  ): boolean {
    const { apiSchema, limits } = this.parts;
    return limits.refuseCost(query, apiSchema, document, operation, variables) !== undefined;
  }

  /** Makes an operation ready before anybody asks it; false where it does not fit this supergraph. */
  warm(query: string): boolean {
    const prepared = this.prepare(query, undefined);
    if (!(prepared instanceof PreparedOperation)) return false;
    try {
      prepared.settleAll();
    } catch (error) {
      this.parts.log.debug({ err: error }, "left to Apollo's executor");
    }
    return true;
  }

  /** From memory, or parsed, validated, planned and compiled; what cannot be is left to Apollo to answer, or to refuse. */
  private prepare(
    source: string,
    operationName: string | undefined,
    onPlan?: ExecutorParts["onPlan"],
  ): PreparedOperation | NotOurs {
    // No document holds the character in between.
    const key = operationName === undefined ? source : `${operationName}\0${source}`;
    const known = this.operations.get(key);
    onPlan?.(known !== undefined);
    if (known) return known;
    const prepared = inSpanNow("graphql.prepare", () => this.compile(source, operationName));
    // What is invalid is not kept: it comes in endless kinds.
    if (prepared instanceof PreparedOperation || prepared.reason !== "invalid")
      this.operations.set(key, prepared);
    return prepared;
  }

  private compile(source: string, operationName: string | undefined): PreparedOperation | NotOurs {
    const { apollo, apiSchema, supergraphSchema, limits } = this.parts;
    if (limits.refuseText(source)) return { reason: "invalid" };
    let document: DocumentNode;
    try {
      document = parse(source);
    } catch (error) {
      if (error instanceof GraphQLError) return { reason: "invalid" };
      throw error;
    }
    if (validate(apiSchema, document, RULES).length > 0 || !names(document, operationName))
      return { reason: "invalid" };
    if (this.refuse(document)) return { reason: "invalid" };
    const strange = strangeness(document);
    if (strange) return { reason: strange };
    const options = operationName === undefined ? {} : { operationName };
    const { apiSchema: plannedSchema, queryPlanner } = apollo as unknown as LoadedGateway;
    const plan = (settled: DocumentNode) =>
      queryPlanner.buildQueryPlan(operationFromDocument(plannedSchema, settled, options)).node as
        PlanNode | undefined;
    const planned = (settled: DocumentNode) =>
      inSpanNow("graphql.plan", () => {
        try {
          return plan(settled);
        } catch {
          return plan(withPlainFragments(apiSchema, settled));
        }
      });
    const apart = this.plannedKeys.apart(alone(document, operationName));
    return new PreparedOperation(apiSchema, apart, operationName, supergraphSchema, planned);
  }
}

/** Whether the operation that is meant can be told: by its name, or for being the only one. */
function names(document: DocumentNode, operationName: string | undefined): boolean {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operationName === undefined) return operations.length === 1;
  return operations.some((one) => "name" in one && one.name?.value === operationName);
}

/** The document without other operations, and what only they use: their variables are none of this one's. */
function alone(document: DocumentNode, operationName: string | undefined): DocumentNode {
  return operationName === undefined ? document : separateOperations(document)[operationName]!;
}

/** What is left to Apollo's executor: fields about the schema itself, and keys that JavaScript gives a meaning to. */
function strangeness(document: DocumentNode): string | undefined {
  let found: string | undefined;
  visit(document, {
    Field({ name, alias }) {
      if (name.value === "__schema" || name.value === "__type") found = "introspection";
      if (alias?.value === "__proto__") found = "alias";
    },
    OperationDefinition({ operation }) {
      if (operation === "subscription") found = "subscription";
    },
  });
  return found;
}
