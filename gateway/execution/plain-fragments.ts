import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

import { isOfType } from "../subgraph/subgraph-operation";

type Types = readonly GraphQLObjectType[];

/** Fragments spelt out beyond this many selections are left alone. */
const MAX_SELECTIONS = 5000;

/**
 * The document without fragments on unions, and without those that no object can satisfy: Apollo's planner stumbles over
 * some of them, beside interface objects, and says the same of others.
 */
export function withPlainFragments(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const plain = new PlainFragments(schema, fragments);
  return {
    ...document,
    definitions: document.definitions.flatMap((definition) => {
      if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
      const root = schema.getRootType(definition.operation)!;
      return { ...definition, selectionSet: plain.selectionSet(definition.selectionSet, root) };
    }),
  };
}

class PlainFragments {
  private selections = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  selectionSet(
    { selections, ...rest }: SelectionSetNode,
    type: GraphQLCompositeType,
    possible = this.possible(type),
  ): SelectionSetNode {
    const plain = selections.flatMap((each) => this.plain(each, type, possible));
    return { ...rest, selections: plain.length > 0 ? plain : [TYPENAME] };
  }

  private plain(
    selection: SelectionNode,
    type: GraphQLCompositeType,
    possible: Types,
  ): SelectionNode[] {
    if (++this.selections > MAX_SELECTIONS) throw new Error("Too many selections to spell out");
    if (selection.kind === Kind.FIELD) {
      const { selectionSet, name } = selection;
      const field = "getFields" in type ? type.getFields()[name.value] : undefined;
      const below = field && getNamedType(field.type);
      if (!selectionSet || !isCompositeType(below)) return [selection];
      return [{ ...selection, selectionSet: this.selectionSet(selectionSet, below) }];
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? this.fragments.get(selection.name.value)!
        : selection;
    const condition = fragment.typeCondition?.name.value;
    const on = condition === undefined ? type : this.schema.getType(condition);
    if (!isCompositeType(on)) return [selection];
    const left = this.possible(on).filter((each) => possible.includes(each));
    if (left.length === 0) return [];
    // Of a union, or of an interface that the type itself has.
    const isTold = isUnionType(on) || (on !== type && isOfType(this.schema, type.name, on.name));
    if (isTold && left.length === possible.length)
      return fragment.selectionSet.selections.flatMap((each) => this.plain(each, type, possible));
    return (isUnionType(on) ? left : [on]).map((each) => ({
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: {
        kind: Kind.NAMED_TYPE,
        name: { kind: Kind.NAME, value: each.name },
      },
      selectionSet: this.selectionSet(
        fragment.selectionSet,
        each,
        isAbstractType(each) ? left : [each as GraphQLObjectType],
      ),
    }));
  }

  private possible(type: GraphQLCompositeType): Types {
    return isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
  }
}

const TYPENAME: SelectionNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: "__typename" },
};
