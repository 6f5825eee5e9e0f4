import type { GraphQLSchema } from "graphql";
import { noteContended } from "./contended-keys";
import { FetchStep, type PlannedFetch } from "./fetch-step";

/** A query plan, ready to be run. */
export type PlanStep =
  | { kind: "FETCH"; fetch: FetchStep }
  | { kind: "SEQUENCE" | "PARALLEL"; steps: readonly PlanStep[] };

/** The nodes of a plan as Apollo's planner gives them. */
export type PlanNode =
  | ({
      kind: "Fetch";
      contextRewrites?: unknown;
      /** Which parts of an answer that is sent in parts wait for the fetch. */
      parts?: ReadonlySet<number>;
    } & PlannedFetch)
  | { kind: "Flatten"; path: ReadonlyArray<string | number>; node: PlanNode }
  | { kind: "Sequence" | "Parallel"; nodes: readonly PlanNode[] }
  | { kind: "Condition" | "Defer" };

/** The plan holds something that this executor does not do; the reason names the metric. */
export class Unsupported extends Error {
  constructor(readonly reason: string) {
    super(`Not executed here: ${reason}`);
  }
}

/** @throws Unsupported for what only Apollo's own executor does. */
export function compilePlan(schema: GraphQLSchema, node: PlanNode): PlanStep {
  const plan = compileNode(schema, node, []);
  noteContended(schema, fetchesOf(plan));
  return plan;
}

function compileNode(schema: GraphQLSchema, node: PlanNode, path: readonly string[]): PlanStep {
  switch (node.kind) {
    case "Fetch":
      if (node.contextRewrites) throw new Unsupported("context");
      return { kind: "FETCH", fetch: new FetchStep(schema, node, path, node.parts) };
    case "Flatten":
      return compileNode(schema, node.node, [...path, ...node.path.map(String)]);
    case "Sequence":
    case "Parallel":
      return {
        kind: node.kind === "Sequence" ? "SEQUENCE" : "PARALLEL",
        steps: node.nodes.map((each) => compileNode(schema, each, path)),
      };
    case "Condition":
    case "Defer":
      throw new Unsupported(node.kind.toLowerCase());
  }
}

/** The fetches of a plan, in its order. */
export function fetchesOf(step: PlanStep | undefined): FetchStep[] {
  if (step === undefined) return [];
  if (step.kind === "FETCH") return [step.fetch];
  return step.steps.flatMap(fetchesOf);
}
