import {
  Kind,
  type FieldNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { clientKey } from "../planned-keys";
import { isDeferred, labelOf } from "./spelt-out";

/** One part of an answer: what is sent first, or a fragment that is sent later. */
export interface Part {
  index: number;
  label: string | undefined;
  selectionSet: SelectionSetNode;
  /** The client's keys of everything it selects, from the root, joined by dots; lists count for nothing. */
  selects: ReadonlySet<string>;
}

export interface Parts {
  /** The first is the one that is sent first. */
  all: readonly Part[];
  of: ReadonlyMap<InlineFragmentNode, Part>;
  /** Fields below which something is deferred. */
  leads: ReadonlySet<FieldNode>;
}

/** @param operation spelt out. */
export function partsOf({ selectionSet: root }: OperationDefinitionNode): Parts {
  const all: Part[] = [];
  const of = new Map<InlineFragmentNode, Part>();
  const leads = new Set<FieldNode>();

  const begin = (selectionSet: SelectionSetNode, path: string, label?: string): Part => {
    const selects = new Set<string>();
    const part = { index: all.length, label, selectionSet, selects };
    all.push(part);
    walk(selectionSet, path, selects);
    return part;
  };
  /** Whether anything is deferred in there. */
  const walk = ({ selections }: SelectionSetNode, path: string, selects: Set<string>): boolean => {
    let isAnyDeferred = false;
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        // Whether it applies is for the object's type to say.
        if (selection.typeCondition) selects.add(join(path, "__typename"));
        if (isDeferred(selection)) {
          of.set(selection, begin(selection.selectionSet, path, labelOf(selection)));
          isAnyDeferred = true;
        } else if (walk(selection.selectionSet, path, selects)) isAnyDeferred = true;
      } else if (selection.kind === Kind.FIELD) {
        const below = join(path, clientKey(selection.alias?.value ?? selection.name.value));
        selects.add(below);
        if (selection.selectionSet && walk(selection.selectionSet, below, selects)) {
          leads.add(selection);
          isAnyDeferred = true;
        }
      }
    }
    return isAnyDeferred;
  };

  begin(root, "");
  return { all, of, leads };
}

export const join = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);
