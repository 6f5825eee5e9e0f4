import {
  getNamedType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import { keysOf } from "./planned-keys";

/** As much of a fetch as is needed to say what it writes where. */
interface Writing {
  document: DocumentNode;
  /** Of the objects that it adds to. */
  path: readonly string[];
  /** Undefined unless it asks about entities. */
  represent: unknown;
  contended: Set<string>;
}

interface Written {
  path: string;
  /** Of the fetch's own objects; undefined for what stands further down. */
  key: string | undefined;
}

/**
 * Tells each fetch into which of its keys another fetch writes as well. What is asked once may stand in many places; what
 * the other says may differ from place to place, so that each needs an object of its own.
 */
export function noteContended(schema: GraphQLSchema, fetches: readonly Writing[]): void {
  if (fetches.length < 2) return;
  const written = new Map(fetches.map((fetch) => [fetch, writtenBy(schema, fetch)]));
  const writers = new Map<string, number>();
  for (const each of written.values())
    for (const path of new Set(each.map(({ path }) => path)))
      writers.set(path, (writers.get(path) ?? 0) + 1);
  for (const [fetch, all] of written)
    for (const { path, key } of all)
      if (key !== undefined && writers.get(path)! > 1) fetch.contended.add(key);
}

/** Where it writes what can be written into: objects, lists, custom scalars. */
function writtenBy(schema: GraphQLSchema, { document, path, represent }: Writing): Written[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const found: Written[] = [];
  const walk = (
    { selections }: SelectionSetNode,
    type: GraphQLNamedType | undefined,
    at: readonly string[],
    isTop: boolean,
  ): void => {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) {
        const { typeCondition, selectionSet } =
          selection.kind === Kind.FRAGMENT_SPREAD
            ? fragments.get(selection.name.value)!
            : selection;
        const on = typeCondition ? schema.getType(typeCondition.name.value) : type;
        walk(selectionSet, on, at, isTop);
        continue;
      }
      const { name, alias, selectionSet } = selection;
      const declared =
        isObjectType(type) || isInterfaceType(type)
          ? type.getFields()[name.value]?.type
          : undefined;
      if (name.value === "__typename" || isPlain(declared)) continue;
      // Another name that the planner has made up is taken back once the answer has come.
      const keys = keysOf((alias ?? name).value);
      const below = [...at, keys.at(-1)!];
      for (const key of keys) found.push({ path: below.join("."), key: isTop ? key : undefined });
      if (selectionSet) walk(selectionSet, declared && getNamedType(declared), below, false);
    }
  };
  const at = path.flatMap((step) => (step === "@" ? [] : [keysOf(step).at(-1)!]));
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { selectionSet, operation } = definition;
    if (represent === undefined) walk(selectionSet, schema.getRootType(operation)!, at, true);
    else
      for (const entities of selectionSet.selections)
        if (entities.kind === Kind.FIELD) walk(entities.selectionSet!, undefined, at, true);
  }
  return found;
}

/** Taken as it is, not written into. */
function isPlain(type: GraphQLOutputType | undefined): boolean {
  if (type === undefined) return false;
  const bare = isNonNullType(type) ? (type.ofType as GraphQLOutputType) : type;
  return !isListType(bare) && (isSpecifiedScalarType(bare as GraphQLNamedType) || isEnumType(bare));
}
