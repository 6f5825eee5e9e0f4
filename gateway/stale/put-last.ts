import type { PathError } from "../subgraph/subgraph-error";

type Data = Record<string, unknown>;

/** The keys, of the root or of each entity, whose owner did not answer; an error tells of one entity what is so of all. */
export function silentKeys(errors: readonly PathError[], ofEntities: boolean): Set<string> {
  const silent = errors.filter(({ extensions }) => extensions.code === "SUBGRAPH_UNAVAILABLE");
  return new Set(silent.map(({ path }) => String(path[ofEntities ? 2 : 0])));
}

/** The data with what was last answered under those keys; what did come is left as it is. */
export function withLast(
  data: Data | null,
  last: Data,
  keys: ReadonlySet<string>,
  ofEntities: boolean,
): Data {
  if (data === null) return last;
  if (!ofEntities) {
    copyKeys(data, last, keys);
    return data;
  }
  const [now, before] = [data, last].map(({ _entities }) => _entities as (Data | null)[]);
  now!.forEach((entity, index) => {
    const known = before![index];
    if (entity && known) copyKeys(entity, known, keys);
  });
  return data;
}

function copyKeys(to: Data, from: Data, keys: ReadonlySet<string>): void {
  for (const key of keys) if (Object.hasOwn(from, key)) to[key] = from[key];
}
