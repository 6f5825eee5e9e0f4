import type { EntryAgencyQuery } from "../../generated/entry-agency";
import type { Sector } from "../../hub/session";

type Agencies = NonNullable<EntryAgencyQuery["agencies"]>;

/**
 * Sectors whose data officers of these sectors keep on a day: their own, and those of agencies whose duties have passed to
 * theirs, in any number of steps. What they may do is for the subgraphs to say; this is what they are offered.
 */
export function actingSectors(own: readonly Sector[], agencies: Agencies, day: string): Sector[] {
  const byId = new Map(agencies.map((agency) => [agency.id, agency]));
  const isHeldBy = (id: string, seen: Set<string>): boolean => {
    seen.add(id);
    return (byId.get(id)?.successors ?? []).some(({ on, duties, agency: heir }) => {
      if (heir === null || on === null || on > day || duties.length === 0 || seen.has(heir.id))
        return false;
      return (heir.sector !== null && own.includes(heir.sector)) || isHeldBy(heir.id, seen);
    });
  };
  const passed = agencies.flatMap(({ id, sector }) =>
    sector !== null && isHeldBy(id, new Set()) ? [sector] : [],
  );
  return [...new Set([...own, ...passed])];
}
