import { lastDayOf } from "../../foundation/calendar";
import type { DutyAgencyRecord } from "../duty/duty-agency.record";
import type { createDutyLoaders, DutySource } from "../duty/duty.loaders";
import { holdsIn, holdsOn } from "../validity";
import type { createDutyProgressLoaders } from "./duty-progress.loaders";
import type { DutyProgressRecord } from "./duty-progress.record";

/** From the least advanced to the most. */
const STATUSES = ["NOT_REPORTED", "NOT_STARTED", "BLOCKED", "IN_PROGRESS", "DONE"] as const;
export type DutyStatus = (typeof STATUSES)[number];

type Loaders = ReturnType<typeof createDutyLoaders> & ReturnType<typeof createDutyProgressLoaders>;

/** Whose progress answers for a duty in a year, and how several agencies' statuses become one. */
export class DutyProgressService {
  constructor(private readonly loaders: Loaders) {}

  /**
   * The status of the agency through which the duty was reached, if it had the duty at any time in the year; otherwise
   * the least advanced of those who had it on 31 December. Whoever is silent is NOT_REPORTED.
   */
  async statusOf(duty: DutySource, year: number): Promise<DutyStatus> {
    const [holders, reported] = await this.holdersAndProgress(duty, year);
    const statusByAgency = new Map(reported.map(({ agencyId, status }) => [agencyId, status]));
    const asked = hadIn(year, holders, duty.heldBy)
      ? [duty.heldBy]
      : holders
          .filter((holder) => holdsOn(holder, lastDayOf(year)))
          .map(({ agencyId }) => agencyId);
    const statuses = asked.map((agencyId) => statusByAgency.get(agencyId) ?? "NOT_REPORTED");
    return STATUSES.find((status) => statuses.includes(status)) ?? "NOT_REPORTED";
  }

  /** What was reported for the year: by the agency through which the duty was reached, else by every agency. */
  async progressOf(duty: DutySource, year: number): Promise<DutyProgressRecord[]> {
    const [holders, reported] = await this.holdersAndProgress(duty, year);
    return hadIn(year, holders, duty.heldBy)
      ? reported.filter(({ agencyId }) => agencyId === duty.heldBy)
      : reported;
  }

  private holdersAndProgress({ id }: DutySource, year: number) {
    return Promise.all([this.loaders.holdersOfDuty(id), this.loaders.progressOf(id, year)]);
  }
}

function hadIn(
  year: number,
  holders: DutyAgencyRecord[],
  agencyId: string | null,
): agencyId is string {
  return holders.some((holder) => holder.agencyId === agencyId && holdsIn(holder, year));
}
