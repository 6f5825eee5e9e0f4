import {
  isAbstractType,
  Kind,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { PlannedFetch } from "../fetch-step";
import type { PlanNode } from "../plan-step";
import { clientKey, keysOf } from "../planned-keys";
import type { Requirement } from "../representation";
import { join, type Part } from "./parts";

type FetchNode = Extract<PlanNode, { kind: "Fetch" }>;

/** One field that a fetch brings to each of its objects: the least that can be asked by itself. */
interface Unit {
  fetch: FetchNode;
  key: string;
  /** Paths of the answer, as in `Part.selects`. */
  provides: Set<string>;
  /** Indexes of the parts that cannot be sent before it has arrived. */
  parts: Set<number>;
}

/**
 * The plan with every fetch told which parts of the answer wait for it, and fetches divided where some of their fields are
 * not wanted first. It stays the plan of the whole operation: nothing is asked twice, so that the parts make up the same
 * answer as if it had been sent in one.
 */
export function dividePlan(
  schema: GraphQLSchema,
  plan: PlanNode,
  parts: readonly Part[],
): PlanNode {
  const needs = new Map<FetchNode, string[]>();
  const units: Unit[] = [];
  const gather = (node: PlanNode, path: readonly string[]): void => {
    if (node.kind === "Fetch") {
      needs.set(node, needsOf(node, path));
      units.push(...unitsOf(schema, node, path.join(".")));
    } else if (node.kind === "Flatten") {
      const below = node.path.map((step) => clientKey(String(step))).filter((step) => step !== "@");
      gather(node.node, [...path, ...below]);
    } else if (node.kind === "Sequence" || node.kind === "Parallel")
      node.nodes.forEach((each) => gather(each, path));
  };
  gather(plan, []);

  for (const { index, selects } of parts) settle(index, new Set(selects), units, needs);
  const everyPart = new Set(parts.map(({ index }) => index));
  const divide = (node: PlanNode): PlanNode => {
    switch (node.kind) {
      case "Fetch": {
        const own = units.filter(({ fetch }) => fetch === node);
        // What nobody is known to wait for, everybody waits for.
        if (own.every(({ parts: waiting }) => waiting.size === 0))
          return { ...node, parts: everyPart };
        return divideFetch(node, own);
      }
      case "Flatten":
        return { ...node, node: divide(node.node) };
      case "Sequence":
      case "Parallel":
        return { ...node, nodes: node.nodes.map(divide) };
      default:
        return node;
    }
  };
  return divide(plan);
}

/** Marks what a part needs, and what must have been fetched before that can be asked. */
function settle(
  part: number,
  wanted: Set<string>,
  units: readonly Unit[],
  needs: ReadonlyMap<FetchNode, readonly string[]>,
): void {
  for (let before = -1; before !== wanted.size;) {
    before = wanted.size;
    for (const { parts, provides, fetch } of units) {
      if (parts.has(part) || ![...provides].some((path) => wanted.has(path))) continue;
      parts.add(part);
      for (const path of needs.get(fetch)!) wanted.add(path);
    }
  }
}

function divideFetch(node: FetchNode, units: readonly Unit[]): PlanNode {
  const groups = new Map<string, Unit[]>();
  for (const unit of units.filter(({ parts }) => parts.size > 0)) {
    const sign = unit.parts.has(0) ? "first" : [...unit.parts].sort().join();
    groups.set(sign, [...(groups.get(sign) ?? []), unit]);
  }
  const document = node.operationDocumentNode!;
  const waiting = (group: readonly Unit[]) => new Set(group.flatMap(({ parts }) => [...parts]));
  if (groups.size === 1 || document.definitions.length > 1)
    return { ...node, parts: waiting(units) };
  const [first] = groups.values();
  first!.push(...units.filter(({ parts }) => parts.size === 0));
  const nodes = [...groups.values()].map((group): PlanNode => {
    const keys = new Set(group.map(({ key }) => key));
    const divided = onlyKeys(document, node.requires !== undefined, keys);
    return { ...node, ...asPlanned(node, divided), parts: waiting(group) };
  });
  return { kind: "Parallel", nodes };
}

function asPlanned(node: PlannedFetch, document: DocumentNode): Partial<PlannedFetch> {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  const definitions = document.definitions.map((definition) => {
    const { variableDefinitions = [], ...rest } = definition as OperationDefinitionNode;
    return {
      ...rest,
      variableDefinitions: variableDefinitions.filter(({ variable }) =>
        used.has(variable.name.value),
      ),
    };
  });
  const pruned: DocumentNode = { ...document, definitions };
  return {
    operation: print(pruned),
    operationDocumentNode: pruned,
    variableUsages: (node.variableUsages ?? []).filter((name) => used.has(name)),
  };
}

/** The operation with these of the keys that it fills at its root, or in each entity; type names stay. */
function onlyKeys(
  document: DocumentNode,
  ofEntities: boolean,
  keys: ReadonlySet<string>,
): DocumentNode {
  const prune = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD)
        return keys.has(keyOf(selection)) || selection.name.value === "__typename"
          ? [selection]
          : [];
      if (selection.kind !== Kind.INLINE_FRAGMENT) return [selection];
      const selectionSet = prune(selection.selectionSet);
      return selectionSet.selections.length > 0 ? [{ ...selection, selectionSet }] : [];
    }),
  });
  const definitions = document.definitions.map((definition) => {
    const operation = definition as OperationDefinitionNode;
    if (!ofEntities) return { ...operation, selectionSet: prune(operation.selectionSet) };
    const [entities] = operation.selectionSet.selections as readonly FieldNode[];
    const selectionSet = prune(entities!.selectionSet!);
    const selections = [{ ...entities!, selectionSet }];
    return { ...operation, selectionSet: { ...operation.selectionSet, selections } };
  });
  return { ...document, definitions };
}

/** Where the fetch's objects stand, and what their subgraph is told of them. */
function needsOf({ requires = [] }: FetchNode, path: readonly string[]): string[] {
  const needs = path.map((_, index) => path.slice(0, index + 1).join("."));
  const walk = (requirements: readonly Requirement[], at: string): void => {
    for (const { kind, alias, name, selections = [] } of requirements) {
      if (kind === "InlineFragment") {
        walk(selections, at);
        continue;
      }
      for (const key of keysOf(alias ?? name!)) {
        needs.push(join(at, key));
        walk(selections, join(at, key));
      }
    }
  };
  walk(requires, path.join("."));
  return needs;
}

function unitsOf(schema: GraphQLSchema, fetch: FetchNode, path: string): Unit[] {
  const document = fetch.operationDocumentNode!;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const root = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!;
  const units = new Map<string, Unit>();

  const walk = (set: SelectionSetNode, at: string, found: Set<string>): void => {
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD) {
        walk(within(selection).selectionSet, at, found);
        continue;
      }
      for (const key of keysOf(keyOf(selection))) {
        found.add(join(at, key));
        if (selection.selectionSet) walk(selection.selectionSet, join(at, key), found);
      }
    }
  };
  const within = (selection: Exclude<SelectionNode, FieldNode>) =>
    selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value)! : selection;
  const top = (set: SelectionSetNode, isTypeKnown: boolean): void => {
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD) {
        const { typeCondition, selectionSet } = within(selection);
        const on = typeCondition && schema.getType(typeCondition.name.value);
        top(selectionSet, on ? !isAbstractType(on) : isTypeKnown);
        continue;
      }
      const key = keyOf(selection);
      // An entity's own type is known before it is asked about, unless it is only called by its interface.
      if (selection.name.value === "__typename" && isTypeKnown) continue;
      const unit = units.get(key) ?? { fetch, key, provides: new Set(), parts: new Set() };
      units.set(key, unit);
      walk({ ...set, selections: [selection] }, path, unit.provides);
    }
  };
  const [entities] = root.selectionSet.selections as readonly FieldNode[];
  if (fetch.requires) top(entities!.selectionSet!, true);
  else top(root.selectionSet, false);
  return [...units.values()];
}

const keyOf = ({ alias, name }: FieldNode): string => alias?.value ?? name.value;
