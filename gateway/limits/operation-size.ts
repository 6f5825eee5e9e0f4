import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** What an operation asks for at most, whatever its variables: fragments count wherever they are spread. */
export interface OperationShape {
  /** Fields within fields. */
  depth: number;
  aliases: number;
  rootFields: number;
}

type Variables = Readonly<Record<string, unknown>>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** A list whose length nobody names is taken to be as long as this. */
const ASSUMED_LENGTH = 10;

const fragmentsOf = ({ definitions }: DocumentNode): Fragments =>
  new Map(
    definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );

/**
 * Measures the largest operation of a document, which need not be valid. Each fragment is measured once, so that a few
 * hundred characters which spread to millions of fields cost no more than they are long; what spreads itself is infinite.
 */
export function operationShape(document: DocumentNode): OperationShape {
  const fragments = fragmentsOf(document);
  const known = new Map<string, OperationShape>();
  const shapeOf = (selectionSet: SelectionSetNode, within: ReadonlySet<string>): OperationShape => {
    const shape = { depth: 0, aliases: 0, rootFields: 0 };
    const add = (part: OperationShape) => {
      shape.depth = Math.max(shape.depth, part.depth);
      shape.aliases += part.aliases;
      shape.rootFields += part.rootFields;
    };
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet && shapeOf(selection.selectionSet, within);
        const aliases = (inner?.aliases ?? 0) + (selection.alias ? 1 : 0);
        add({ depth: 1 + (inner?.depth ?? 0), aliases, rootFields: 1 });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        add(shapeOf(selection.selectionSet, within));
      } else {
        add(fragmentShape(selection.name.value, within));
      }
    }
    return shape;
  };
  const fragmentShape = (name: string, within: ReadonlySet<string>): OperationShape => {
    if (within.has(name)) return { depth: Infinity, aliases: 0, rootFields: 0 };
    const fragment = fragments.get(name);
    if (!fragment) return { depth: 0, aliases: 0, rootFields: 0 };
    let shape = known.get(name);
    if (!shape)
      known.set(name, (shape = shapeOf(fragment.selectionSet, new Set([...within, name]))));
    return shape;
  };
  const shapes = document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? [shapeOf(one.selectionSet, new Set())] : [],
  );
  const largest = (of: (shape: OperationShape) => number) => Math.max(0, ...shapes.map(of));
  return {
    depth: largest(({ depth }) => depth),
    aliases: largest(({ aliases }) => aliases),
    rootFields: largest(({ rootFields }) => rootFields),
  };
}

/**
 * How many objects a valid operation can bring at most: a field that takes `first` brings so many (its default where none is
 * given), a list without brings ten, and what is within counts for each of them.
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  let counted = countedCosts.get(operation);
  if (counted === undefined) {
    counted = { sizes: pagingVariables(document), costs: new Map() };
    countedCosts.set(operation, counted);
  }
  const key = JSON.stringify(counted.sizes.map((name) => variables[name]));
  let cost = counted.costs.get(key);
  if (cost === undefined) {
    cost = countCost(schema, document, operation, variables);
    if (counted.costs.size >= MOST_COSTS) counted.costs.clear();
    counted.costs.set(key, cost);
  }
  return cost;
}

/** Costs of operations that are asked again and again, by the values of the variables that name a page's size. */
const countedCosts = new WeakMap<
  OperationDefinitionNode,
  { sizes: readonly string[]; costs: Map<string, number> }
>();
const MOST_COSTS = 100;

function pagingVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Argument({ name, value }) {
      if (name.value === "first" && value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function countCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const fragments = fragmentsOf(document);
  const known = new Map<string, number>();

  /** @param paged how many each list within brings, where the field around it says so: `edges` and `nodes` of a connection. */
  const costOf = (
    { selections }: SelectionSetNode,
    type: GraphQLOutputType,
    paged: number | undefined,
  ): number => {
    let cost = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) cost += fieldCost(selection, type, paged);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        cost += costOf(
          selection.selectionSet,
          named(selection.typeCondition?.name.value) ?? type,
          paged,
        );
      else cost += fragmentCost(selection.name.value, paged);
    }
    return cost;
  };
  const fragmentCost = (name: string, paged: number | undefined): number => {
    const key = `${name} ${paged}`;
    const fragment = fragments.get(name)!;
    let cost = known.get(key);
    if (cost === undefined) {
      cost = costOf(fragment.selectionSet, named(fragment.typeCondition.name.value)!, paged);
      known.set(key, cost);
    }
    return cost;
  };
  const named = (name: string | undefined) =>
    name === undefined ? undefined : (schema.getType(name) as GraphQLOutputType | undefined);
  const fieldCost = (
    node: FieldNode,
    type: GraphQLOutputType,
    paged: number | undefined,
  ): number => {
    if (!node.selectionSet || !(isObjectType(type) || isInterfaceType(type))) return 0;
    const field = type.getFields()[node.name.value];
    if (!field || !isCompositeType(getNamedType(field.type))) return 0;
    const asked = pageSize(field, node, variables);
    const isList = isListType(getNullableType(field.type));
    const times = isList ? (asked ?? paged ?? ASSUMED_LENGTH) : 1;
    const inner = isList ? undefined : asked;
    return times * (1 + costOf(node.selectionSet, getNamedType(field.type) as never, inner));
  };
  const root = schema.getRootType(operation.operation);
  return root ? costOf(operation.selectionSet, root, undefined) : 0;
}

function pageSize(
  { args }: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Variables,
): number | undefined {
  const first = args.find(({ name }) => name === "first");
  if (!first) return undefined;
  const given = node.arguments?.find(({ name }) => name.value === "first")?.value;
  if (given?.kind === Kind.INT) return Number(given.value);
  const value = given?.kind === Kind.VARIABLE ? variables[given.name.value] : undefined;
  const size = value ?? first.defaultValue;
  return typeof size === "number" ? Math.max(size, 0) : undefined;
}
