import {
  Kind,
  type FieldNode,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { SubgraphOperation, type SelectedFields } from "../../subgraph/subgraph-operation";
import { isDeferred } from "./spelt-out";

/** A spelt-out operation, read part by part: what is deferred is not among the fields around it. */
export class PartialOperation extends SubgraphOperation {
  constructor(schema: GraphQLSchema, operation: OperationDefinitionNode) {
    super(schema, { kind: Kind.DOCUMENT, definitions: [operation] }, {});
  }

  /** What a fragment, or the operation itself, selects of an object of the type at once. */
  fieldsIn(set: SelectionSetNode, typename: string): SelectedFields {
    return this.fieldsUnder([{ selectionSet: set } as FieldNode], typename);
  }

  /** What is deferred of an object of the type, by the fragments that say so; of those within each other, the outermost. */
  deferredIn(sets: readonly SelectionSetNode[], typename: string): InlineFragmentNode[] {
    return sets.flatMap(({ selections }) =>
      selections.flatMap((selection) => {
        if (selection.kind !== Kind.INLINE_FRAGMENT) return [];
        if (!this.applies(selection.typeCondition?.name.value, typename)) return [];
        return isDeferred(selection)
          ? [selection]
          : this.deferredIn([selection.selectionSet], typename);
      }),
    );
  }

  protected override isIncluded(selection: SelectionNode): boolean {
    return !isDeferred(selection);
  }
}
