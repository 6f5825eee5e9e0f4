import {
  getDirectiveValues,
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { DEFER } from "../../client-schema";
import { isSelected } from "../conditions";

type Variables = Readonly<Record<string, unknown>>;

/** Operations that come to more selections than this are answered in one. */
const MAX_SELECTIONS = 5000;

/** The operation is too large to be divided. */
class TooLarge extends Error {}

/**
 * The operation with its named fragments spelt out and its conditions settled, so that each selection stands in one place
 * alone. What is deferred is an inline fragment that keeps `@defer`; nothing else keeps a directive. Undefined where nothing
 * is deferred, or the operation is too large.
 */
export function speltOut(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): OperationDefinitionNode | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  let selections = 0;
  let isDeferred = false;

  const spell = (selection: SelectionNode): SelectionNode[] => {
    if (!isSelected(selection, variables)) return [];
    if ((selections += 1) > MAX_SELECTIONS) throw new TooLarge();
    if (selection.kind === Kind.FIELD) {
      const { selectionSet } = selection;
      const below = selectionSet && spellAll(selectionSet);
      return [{ ...selection, directives: [], ...(below && { selectionSet: below }) }];
    }
    const { typeCondition, selectionSet } =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value)! : selection;
    const directives = deferral(selection, variables);
    if (directives.length > 0) isDeferred = true;
    const fragment: InlineFragmentNode = {
      kind: Kind.INLINE_FRAGMENT,
      ...(typeCondition && { typeCondition }),
      directives,
      selectionSet: spellAll(selectionSet),
    };
    return [fragment];
  };
  const spellAll = (set: SelectionSetNode): SelectionSetNode => ({
    kind: Kind.SELECTION_SET,
    selections: set.selections.flatMap(spell),
  });

  try {
    const selectionSet = spellAll(operation.selectionSet);
    return isDeferred ? { ...operation, directives: [], selectionSet } : undefined;
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

/** Of a spelt-out operation. */
export const isDeferred = ({ kind, directives = [] }: SelectionNode): boolean =>
  kind === Kind.INLINE_FRAGMENT && directives.length > 0;

export function labelOf({ directives }: InlineFragmentNode): string | undefined {
  const label = directives?.[0]?.arguments?.find(({ name }) => name.value === "label");
  return label?.value.kind === Kind.STRING ? label.value.value : undefined;
}

function deferral(selection: SelectionNode, variables: Variables): DirectiveNode[] {
  const given = getDirectiveValues(DEFER, selection, variables);
  if (given?.if !== true) return [];
  return (selection.directives ?? []).filter(({ name }) => name.value === DEFER.name);
}
