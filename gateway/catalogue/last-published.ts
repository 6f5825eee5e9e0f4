import type { Positions, Published, Subgraph } from "../subgraph/subgraph";

/** As many entries as are looked at in one asking: a subgraph tells no more changes than that at one time. */
const WINDOW = 200;
/** Further back nothing is looked for. */
const MOST_WINDOWS = 5;

/**
 * When a subgraph's data last changed for everybody, by its owners' ledgers, in UTC. Null: nothing has been published through a
 * ledger since the data were loaded. Undefined: an owner does not say, or it is too long ago to be looked for.
 */
export async function lastPublished(subgraph: Subgraph): Promise<string | null | undefined> {
  const heads = headsOf(await subgraph.publishedChanges({}));
  if (heads === undefined) return undefined;
  const times: string[] = [];
  let open = Object.entries(heads).filter(([, head]) => head > 0);
  for (let window = 1; open.length > 0 && window <= MOST_WINDOWS; window += 1) {
    const after = Object.fromEntries(
      open.map(([owner, head]) => [owner, Math.max(0, head - window * WINDOW)]),
    );
    const published = await subgraph.publishedChanges(after);
    for (const [owner] of open) {
      const found = published[owner];
      if (!found) return undefined;
      const last = found.changes.at(-1);
      if (last) times.push(last.at);
    }
    open = open.filter(([owner]) => after[owner]! > 0 && published[owner]!.changes.length === 0);
  }
  return open.length > 0 ? undefined : (times.sort().at(-1) ?? null);
}

/** Undefined where an owner does not answer, or nobody is named. */
function headsOf(published: Published): Positions | undefined {
  const owners = Object.entries(published);
  if (owners.length === 0) return undefined;
  const heads: Record<string, number> = {};
  for (const [owner, found] of owners) {
    if (found === null) return undefined;
    heads[owner] = found.head;
  }
  return heads;
}
