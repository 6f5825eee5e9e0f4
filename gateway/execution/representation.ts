import type { GraphQLSchema } from "graphql";
import { isOfType } from "../subgraph/subgraph-operation";
import { mergeInto } from "./merge";
import { quoted } from "./quoted";
import { rewrite, type Rewrite } from "./rewrite";
import type { Target } from "./targets";

export type Requirement = {
  readonly kind: "Field" | "InlineFragment";
  readonly alias?: string;
  readonly name?: string;
  readonly typeCondition?: string;
  readonly selections?: readonly Requirement[];
};

/** Says of one object what its subgraph must know to be asked about it. */
export interface Represent {
  /** Undefined where the fetch does not concern the object, or its key did not arrive. */
  json(target: Target): string | undefined;
  /** The type by which the subgraph knows such an object. */
  typename(target: Target): string;
  /** What tells one object of a type from another, where that is a single value: cheaper to compare than all of it. */
  identity(target: Target): unknown;
}

/** Compiles a fetch's `requires`: the keys, and whatever else the subgraph must be told, under their own names. */
export function compileRepresentation(
  schema: GraphQLSchema,
  requires: readonly Requirement[],
  rewrites: readonly Rewrite[],
): Represent {
  const build = (target: Target): Target | undefined => {
    const representation: Target = {};
    for (const { typeCondition, selections } of requires) {
      if (!isOfType(schema, target.__typename, typeCondition)) continue;
      const read = select(schema, target, selections ?? []);
      if (read) mergeInto(representation, read);
    }
    if (representation.__typename === undefined) return undefined;
    for (const each of rewrites) rewrite(schema, each, representation);
    return representation;
  };
  const writers = new Map<unknown, (target: Target) => string | undefined>();
  const writerFor = (own: unknown) => {
    const [fragment, another] = requires.filter((one) => isOfType(schema, own, one.typeCondition));
    if (fragment === undefined) return () => undefined;
    const plain = !another && rewrites.length === 0 && plainWriter(own, fragment.selections ?? []);
    return (
      plain ||
      ((target: Target) => {
        const representation = build(target);
        return representation && JSON.stringify(representation);
      })
    );
  };
  return {
    json(target) {
      let write = writers.get(target.__typename);
      if (write === undefined)
        writers.set(target.__typename, (write = writerFor(target.__typename)));
      return write(target);
    },
    typename: (target) =>
      rewrites.length === 0 ? String(target.__typename) : String(build(target)?.__typename),
    // Objects of two types may be rewritten into one.
    identity: rewrites.length === 0 ? singleKey(requires) : () => undefined,
  };
}

/** Undefined for every object, unless all that is said of any is its type and one plain value. */
function singleKey(requires: readonly Requirement[]): (target: Target) => unknown {
  const [key, ...others] = (requires.length === 1 ? (requires[0]!.selections ?? []) : []).filter(
    ({ name, alias }) => name !== "__typename" || alias !== undefined,
  );
  if (key?.kind !== "Field" || key.selections || others.length > 0) return () => undefined;
  const name = key.alias ?? key.name!;
  return (target) => {
    const value = target[name];
    return typeof value === "object" ? undefined : value;
  };
}

/** For the usual key, a few plain values, there is no object to be built; undefined where there is. */
function plainWriter(
  own: unknown,
  selections: readonly Requirement[],
): ((target: Target) => string | undefined) | undefined {
  if (!selections.some(({ name, alias }) => name === "__typename" && alias === undefined))
    return undefined;
  const fields: { key: string; opening: string }[] = [];
  for (const { kind, alias, name, selections: below } of selections) {
    if (kind !== "Field" || below) return undefined;
    const key = alias ?? name!;
    if (key !== "__typename") fields.push({ key, opening: `,${JSON.stringify(key)}:` });
  }
  const begin = `{"__typename":${JSON.stringify(own)}`;
  return (target) => {
    let json = begin;
    for (const { key, opening } of fields) {
      const value = target[key];
      if (value === undefined) return undefined;
      json += opening + (typeof value === "string" ? quoted(value) : JSON.stringify(value));
    }
    return `${json}}`;
  };
}

/** Null as soon as anything is missing: half a key is none. */
function select(
  schema: GraphQLSchema,
  source: Target | null,
  selections: readonly Requirement[],
): Target | null {
  if (source === null) return null;
  const result: Target = {};
  for (const { kind, alias, name, typeCondition, selections: below } of selections) {
    if (kind === "InlineFragment") {
      if (!isOfType(schema, source.__typename, typeCondition)) continue;
      const read = select(schema, source, below ?? []);
      if (read) mergeInto(result, read);
      continue;
    }
    const key = alias ?? name!;
    const value = source[key];
    if (value === undefined) return null;
    if (Array.isArray(value)) result[key] = value.map((item) => selectItem(schema, item, below));
    else result[key] = below ? select(schema, value as Target | null, below) : value;
  }
  return result;
}

function selectItem(
  schema: GraphQLSchema,
  item: unknown,
  selections: readonly Requirement[] | undefined,
): unknown {
  if (Array.isArray(item)) return item.map((inner) => selectItem(schema, inner, selections));
  return selections ? select(schema, item as Target | null, selections) : item;
}
