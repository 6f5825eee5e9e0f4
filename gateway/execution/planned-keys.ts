import {
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** Ends a key that is only the gateway's. Apollo's planner ends its own alike, so that both are told from the client's in one way. */
const ENDING = "__alias_9999";

/** Two fields of one type that require a third of it, each with other arguments; as `Type.field`. */
export interface Conflict {
  fields: readonly [string, string];
  required: string;
}

/**
 * The response keys under which Apollo's planner asks for fields by itself: those of keys and of `@requires`, and
 * `__typename`. It takes what the client selects under such a key for that field, whatever field it is.
 */
export class PlannedKeys {
  private readonly names = new Set(["__typename"]);
  /** Required with arguments: the client's, be it the same field, may be given others. */
  private readonly withArguments = new Set<string>();
  private readonly conflicts: Conflict[] = [];

  /** @param supergraphSchema with its join directives. */
  constructor(supergraphSchema: GraphQLSchema) {
    for (const type of Object.values(supergraphSchema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const key of fieldSets(type.astNode?.directives, "join__type", "key")) this.note(key);
      const required = new Map<string, { field: string; given: string }[]>();
      for (const { name, astNode } of Object.values(type.getFields()))
        for (const fieldSet of fieldSets(astNode?.directives, "join__field", "requires"))
          this.note(fieldSet, (path, given) => {
            const others = required.get(path) ?? [];
            required.set(path, [...others, { field: name, given }]);
            for (const other of others)
              if (other.given !== given)
                this.conflicts.push({
                  fields: [`${type.name}.${other.field}`, `${type.name}.${name}`],
                  required: `${type.name}.${path}`,
                });
          });
    }
  }

  /** The document with a key of the gateway's for every field whose own would be taken for another. */
  apart(document: DocumentNode): DocumentNode {
    return visit(document, {
      Field: (node) => {
        const key = keyOf(node);
        return this.isTaken(key, node) || key.endsWith(ENDING)
          ? { ...node, alias: { kind: Kind.NAME, value: key + ENDING } }
          : undefined;
      },
    });
  }

  /**
   * What the planner asks once though it is needed twice, so that one of the fields would be answered from what the other
   * requires; undefined for nearly every operation.
   * @param fields that an operation selects, as `Type.field`.
   */
  conflictIn(fields: () => readonly string[]): Conflict | undefined {
    if (this.conflicts.length === 0) return undefined;
    const selected = new Set(fields());
    return this.conflicts.find(({ fields: both }) => both.every((field) => selected.has(field)));
  }

  private isTaken(key: string, { name }: FieldNode): boolean {
    return (key !== name.value && this.names.has(key)) || this.withArguments.has(key);
  }

  private note(fieldSet: string, each: (path: string, given: string) => void = () => {}): void {
    const walk = ({ selections }: SelectionSetNode, at: string): void => {
      for (const selection of selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          walk(selection.selectionSet, at);
          continue;
        }
        const { name, arguments: given = [], selectionSet } = selection;
        const path = at === "" ? name.value : `${at}.${name.value}`;
        this.names.add(name.value);
        if (given.length > 0) this.withArguments.add(name.value);
        each(path, given.map(print).sort().join());
        if (selectionSet) walk(selectionSet, path);
      }
    };
    const [operation] = parse(`{${fieldSet}}`).definitions as [OperationDefinitionNode];
    walk(operation.selectionSet, "");
  }
}

/** The values of a join directive's argument, one for each subgraph that says it. */
function fieldSets(
  directives: readonly ConstDirectiveNode[] = [],
  directive: string,
  argument: string,
): string[] {
  return directives.flatMap(({ name, arguments: given = [] }) =>
    name.value !== directive
      ? []
      : given.flatMap(({ name: said, value }) =>
          said.value === argument && value.kind === Kind.STRING ? [value.value] : [],
        ),
  );
}

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** A key, and those for which the planner, or the gateway before it, has made it up; the client's is the last. */
export function keysOf(key: string): string[] {
  const own = key.replace(/__alias_\d+$/u, "");
  return own === key ? [key] : [key, ...keysOf(own)];
}

/** The client's key for one under which its field stands in the merged answer. */
export const clientKey = (key: string): string =>
  key.endsWith(ENDING) ? key.slice(0, -ENDING.length) : key;

/** The key under which the client's field stands in the merged answer. */
export const mergedKey = (key: string, selected: ReadonlyMap<string, unknown>): string =>
  selected.has(key + ENDING) ? key + ENDING : key;
