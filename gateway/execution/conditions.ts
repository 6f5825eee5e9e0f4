import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type SelectionNode,
} from "graphql";

import { CLIENT_DIRECTIVES } from "../client-schema";

type Variables = Readonly<Record<string, unknown>>;

/** Names of the variables that `@skip`, `@include` and `@defer` depend on anywhere in the document. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given }) {
      if (!isCondition(name.value) && name.value !== "defer") return;
      for (const { value } of given ?? [])
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/**
 * The document with every `@skip` and `@include` carried out and nothing deferred, for the planner: it drops fields whose conditions contradict
 * each other higher up, and asks for nothing of an entity when what one skipped field requires was not fetched. What is
 * left of a field whose whole selection is skipped is its type's name.
 */
export function withoutConditions(document: DocumentNode, variables: Variables): DocumentNode {
  const settle = (node: SelectionNode) => {
    const { directives = [] } = node;
    if (directives.length === 0) return undefined;
    return isSelected(node, variables)
      ? { ...node, directives: directives.filter(isForSubgraphs) }
      : null;
  };
  return visit(document, {
    Field: settle,
    InlineFragment: settle,
    FragmentSpread: settle,
    OperationDefinition: (node) => ({
      ...node,
      directives: (node.directives ?? []).filter(isForSubgraphs),
    }),
    SelectionSet: {
      leave: (node) =>
        node.selections.length > 0 ? undefined : { ...node, selections: [TYPENAME] },
    },
  });
}

/** Whether neither `@skip` nor `@include` leaves the selection out. */
export const isSelected = (node: SelectionNode, variables: Variables): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, variables)?.if !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;

/** Of the supergraph's own; the others are carried out here. */
const isForSubgraphs = ({ name }: DirectiveNode): boolean =>
  !isCondition(name.value) && !CLIENT_DIRECTIVES.has(name.value);

const isCondition = (directive: string): boolean => directive === "skip" || directive === "include";

const TYPENAME: SelectionNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: "__typename" },
};
