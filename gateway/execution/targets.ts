import type { Path } from "../subgraph/subgraph-operation";

export type Target = Record<string, unknown>;

/** Parts of an answer that stand in it more than once: what one entity brought to each of the places that refer to it. */
export type Shared = ReadonlySet<object>;

/** The objects of the answer that stand at a fetch's path, each once; `@` in it means every item of a list. */
export function targetsAt(data: Target, path: readonly string[], shared: Shared): Target[] {
  if (path.length === 0) return [data];
  const found: Target[] = [];
  collect(data, path, 0, { found, shared, seen: new Set() });
  return found;
}

interface Search {
  found: Target[];
  shared: Shared;
  /** Of what is shared, the parts that were gone through. */
  seen: Set<object>;
}

function collect(value: unknown, path: readonly string[], step: number, search: Search): void {
  let at = value;
  for (let index = step; ; index += 1) {
    if (typeof at !== "object" || at === null) return;
    const { shared, seen } = search;
    if (shared.size > 0 && shared.has(at)) {
      if (seen.has(at)) return;
      seen.add(at);
    }
    if (Array.isArray(at)) {
      const next = path[index] === "@" ? index + 1 : index;
      for (const item of at as unknown[]) collect(item, path, next, search);
      return;
    }
    if (index === path.length) {
      search.found.push(at as Target);
      return;
    }
    if (path[index] !== "@") at = (at as Target)[path[index]!];
  }
}

/** Where in the client's answer the objects at a fetch's path stand, each in as many places as it does. */
export function placesOfTargets(data: Target, path: readonly string[]): Map<object, Path[]> {
  const places = new Map<object, Path[]>();
  const walk = (at: unknown, step: number, here: Path): void => {
    if (typeof at !== "object" || at === null) return;
    if (Array.isArray(at)) {
      const next = path[step] === "@" ? step + 1 : step;
      at.forEach((item, index) => walk(item, next, [...here, index]));
    } else if (step === path.length) {
      const known = places.get(at);
      if (known) known.push(here);
      else places.set(at, [here]);
    } else if (path[step] === "@") walk(at, step + 1, here);
    else walk((at as Target)[path[step]!], step + 1, [...here, path[step]!]);
  };
  walk(data, 0, []);
  return places;
}
