import type { Role } from "../../../../access/viewer";
import type { Rights } from "../../rights/rights";
import type { Sector } from "../../sector";

/**
 * The role in which the caller reports for the sector; null while it is not known which. Which of its institutions are his
 * is judged one by one.
 * @throws UNAUTHENTICATED, FORBIDDEN.
 */
export function requireReporter(rights: Rights, sector: Sector | null): Role {
  return rights.require(["REPORTER"], {
    sectors: sector === null ? [] : [sector],
    agencies: [],
    places: [],
    placed: false,
  });
}

/** Which institutions the caller reports for, by where they stand or stood last; null: that is not known. */
export function reportsFor(rights: Rights): (unitId: string | null) => boolean {
  const { coversAll } = rights;
  return (unitId) => coversAll || (unitId !== null && rights.covers(unitId));
}
