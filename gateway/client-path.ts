import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from "graphql";
import type { Path, Representation } from "./subgraph/subgraph-operation";

interface Place {
  path: Path;
  value: Record<string, unknown>;
}

/**
 * Where in the client's answer the objects stand that a fetch at `fetchPath` adds to; `@` in it means every item of a list.
 * Repeats how the gateway walks its own tree, so the places come in its order.
 */
export function placesAt(roots: readonly object[], fetchPath: Path): Place[] {
  const found: Place[] = [];
  const walk = (value: unknown, step: number, path: Path) => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      const next = fetchPath[step] === "@" ? step + 1 : step;
      value.forEach((item, index) => walk(item, next, [...path, index]));
      return;
    }
    if (step === fetchPath.length) {
      found.push({ path, value: value as Place["value"] });
      return;
    }
    const key = String(fetchPath[step]);
    walk((value as Place["value"])[key], step + 1, [...path, key]);
  };
  if (fetchPath.length === 0) return [{ path: [], value: {} }];
  const key = String(fetchPath[0]);
  const root = roots.find((candidate) => (candidate as Place["value"])[key] != null) as
    Place["value"] | undefined;
  if (root) walk(root[key], 1, [key]);
  return found;
}

/**
 * The place of each representation. The gateway passes over objects that the fetch does not concern (another type of a
 * union, an object whose key did not arrive) without saying which, so each representation is matched to the next object
 * that holds its values; an object that held them would not have been passed over.
 */
export function placesOfRepresentations(
  places: readonly Place[],
  representations: readonly Representation[],
): Path[] {
  const matched = (isSame: (place: Place, representation: Representation) => boolean) => {
    let next = 0;
    return representations.map((representation) => {
      while (next < places.length && !isSame(places[next]!, representation)) next++;
      return places[next++]?.path;
    });
  };
  const exact = matched(({ value }, representation) => holds(value, representation));
  // A type kept as an interface object goes by another name in the representation than in the tree.
  const found = exact.includes(undefined)
    ? matched(({ value }, { __typename, ...fields }) => holds(value, fields))
    : exact;
  return found.map((path, index) => path ?? places[index]?.path ?? []);
}

function holds(value: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return (
      Array.isArray(value) &&
      part.length === value.length &&
      part.every((item, i) => holds(value[i], item))
    );
  }
  if (typeof part === "object" && part !== null) {
    return (
      typeof value === "object" &&
      value !== null &&
      Object.entries(part).every(([key, item]) =>
        holds((value as Record<string, unknown>)[key], item),
      )
    );
  }
  return value === part;
}

/**
 * The path as far as the client's own selection goes. The gateway also fetches what the client did not ask for, such as
 * keys, under names of its own; an error about those is told at the nearest field that the client knows.
 */
export function pathInSelection(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  path: Path,
): Path {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition] as const]
        : [],
    ),
  );
  const fieldsNamed = (responseKey: string, selections: readonly SelectionNode[]): FieldNode[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) {
        return (selection.alias?.value ?? selection.name.value) === responseKey ? [selection] : [];
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      return fragment ? fieldsNamed(responseKey, fragment.selectionSet.selections) : [];
    });

  const known: Array<string | number> = [];
  let selections: readonly SelectionNode[] = operation.selectionSet.selections;
  for (const step of path) {
    if (typeof step === "string") {
      const [name, fields] = [step, step.replace(/__alias_\d+$/u, "")]
        .map((name) => [name, fieldsNamed(name, selections)] as const)
        .find(([, found]) => found.length > 0) ?? ["", []];
      if (fields.length === 0) return known;
      known.push(name);
      selections = fields.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
    } else known.push(step);
  }
  return known;
}
