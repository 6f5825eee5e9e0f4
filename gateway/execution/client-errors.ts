import {
  getNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLFormattedError,
  type GraphQLNamedOutputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import { formatError } from "../error-report";
import type { PathError } from "../subgraph/subgraph-error";
import type { Path, SelectedFields, SubgraphOperation } from "../subgraph/subgraph-operation";
import { clientKey } from "./planned-keys";

export interface Selected {
  /** The client's. */
  schema: GraphQLSchema;
  /** With its conditions settled. */
  operation: SubgraphOperation;
  /** As the client wrote it, for what it selects under any condition. */
  find: (path: Path) => Path;
}

/**
 * Each error once, at a path of the client's own selection. Plans fetch some fields for objects of more types than they were
 * asked of; what went wrong with those concerns nobody.
 */
export function clientErrors(
  selected: Selected,
  data: unknown,
  errors: readonly PathError[],
): GraphQLFormattedError[] {
  const told = new Map<string, GraphQLFormattedError>();
  for (const { message, path, extensions } of errors) {
    const place = clientPath(selected, data, path)?.map((step) =>
      typeof step === "string" ? clientKey(step) : step,
    );
    if (place === undefined) continue;
    const key = JSON.stringify([place, message]);
    if (!told.has(key)) told.set(key, formatError({ message, path: place, extensions }));
  }
  return [...told.values()];
}

/** In keys of the merged answer. Undefined where the client asked for the field, but not of an object of this type. */
function clientPath(
  { schema, operation, find }: Selected,
  data: unknown,
  path: Path,
): Path | undefined {
  const known: Array<string | number> = [];
  let at = data;
  let type: GraphQLNamedOutputType = schema.getRootType(operation.root.operation)!;
  let fieldsOf: (typename: string) => SelectedFields = () => operation.rootFields();
  for (const step of path) {
    const below = (at as Record<string | number, unknown> | null | undefined)?.[step];
    if (typeof step === "number") {
      known.push(step);
      at = below;
      continue;
    }
    const said = (at as Record<string, unknown> | null | undefined)?.__typename;
    const actual: GraphQLNamedType | undefined =
      typeof said === "string" ? schema.getType(said) : type;
    if (!isObjectType(actual)) return find(path);
    const fields = fieldsOf(actual.name);
    const key = fields.has(step) ? step : step.replace(/__alias_\d+$/u, "");
    const nodes = fields.get(key);
    if (nodes === undefined)
      return find([...known, step]).length > known.length ? undefined : known;
    const field: GraphQLField<unknown, unknown> | undefined =
      actual.getFields()[nodes[0]!.name.value];
    if (field === undefined) return known;
    known.push(key);
    at = below;
    type = getNamedType(field.type);
    fieldsOf = (typename) => operation.fieldsUnder(nodes, typename);
  }
  return known;
}
