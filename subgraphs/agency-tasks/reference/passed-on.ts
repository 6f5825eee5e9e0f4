import type { Day } from "../../foundation/calendar";
import type { Interval } from "../validity";
import type { PlanAgency, PlanAgencySuccession } from "./plan-file";

export interface HeldBy extends Interval {
  agencyId: string;
}

/**
 * Who has something of the plan's, and when: the agencies that the plan names, then whoever it passed to. It passes on the
 * day of a succession; one of which the day is not known passes nothing.
 */
export function passedOn(
  first: readonly string[],
  agencies: ReadonlyMap<string, PlanAgency>,
  passesWith: (succession: PlanAgencySuccession, from: PlanAgency) => boolean,
): HeldBy[] {
  const held = new Map<string, HeldBy>();
  const follow = (agencyId: string, fromOn: Day | null) => {
    const agency = agencies.get(agencyId)!;
    const onward = agency.successions.filter(
      (succession): succession is PlanAgencySuccession & { to: string; on: Day } =>
        succession.to !== null &&
        succession.to !== agencyId &&
        succession.on !== null &&
        succession.on > (fromOn ?? "") &&
        passesWith(succession, agency),
    );
    const untilOn = onward.map(({ on }) => on).sort()[0] ?? agency.validUntil;
    const known = held.get(agencyId);
    held.set(agencyId, known ? united(known, { fromOn, untilOn }) : { agencyId, fromOn, untilOn });
    for (const { to, on } of onward) follow(to, on);
  };
  for (const agencyId of first) follow(agencyId, agencies.get(agencyId)!.validFrom);
  return [...held.values()];
}

/** What came to one agency from several others, as the six communes that straddled two districts' borders. */
function united(known: HeldBy, { fromOn, untilOn }: Interval): HeldBy {
  const isOpen = known.untilOn === null || untilOn === null;
  return {
    ...known,
    fromOn: known.fromOn === null || fromOn === null ? null : [known.fromOn, fromOn].sort()[0]!,
    untilOn: isOpen ? null : [known.untilOn!, untilOn].sort()[1]!,
  };
}
