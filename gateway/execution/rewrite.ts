import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from "graphql";

/** What the planner wants changed in a representation before it is sent, or in an answer before it is merged. */
export type Rewrite =
  | { kind: "ValueSetter"; path: readonly string[]; setValueTo: unknown }
  | { kind: "KeyRenamer"; path: readonly string[]; renameKeyTo: string };

const ON_TYPE = "... on ";

/** Carries one rewrite out, wherever its path leads; a type in the path passes over objects of other types. */
export function rewrite(schema: GraphQLSchema, { path, ...change }: Rewrite, value: unknown): void {
  const last = path.at(-1)!;
  const walk = (at: unknown, step: number): void => {
    if (Array.isArray(at)) return at.forEach((item) => walk(item, step));
    if (typeof at !== "object" || at === null) return;
    const object = at as Record<string, unknown>;
    if (step < path.length - 1) {
      const key = path[step]!;
      if (!key.startsWith(ON_TYPE)) return walk(object[key], step + 1);
      if (isOrMayBe(schema, object.__typename, key.slice(ON_TYPE.length))) walk(object, step + 1);
      return;
    }
    if (change.kind === "ValueSetter") object[last] = change.setValueTo;
    else if (object[last] !== undefined) {
      object[change.renameKeyTo] = object[last];
      object[last] = undefined;
    }
  };
  walk(value, 0);
}

/** An object that does not say what it is gets the benefit of the doubt. */
function isOrMayBe(schema: GraphQLSchema, own: unknown, wanted: string): boolean {
  if (typeof own !== "string" || own === wanted) return true;
  const [type, condition] = [schema.getType(own), schema.getType(wanted)];
  return (
    isAbstractType(condition) &&
    (isObjectType(type) || isInterfaceType(type)) &&
    schema.isSubType(condition, type)
  );
}
