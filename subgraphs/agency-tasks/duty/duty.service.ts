import { dayBefore, type Day } from "../../foundation/calendar";
import type { createAgencyLoaders } from "../agency/agency.loaders";
import type { AgencyRecord } from "../agency/agency.record";
import { holdsOn } from "../validity";
import type { DutyAgencyRecord } from "./duty-agency.record";
import type { createDutyLoaders, DutySource } from "./duty.loaders";

type Loaders = ReturnType<typeof createDutyLoaders> & ReturnType<typeof createAgencyLoaders>;

/** Who has which duty on a day: duties outlive the agencies that the plan gave them to. */
export class DutyService {
  constructor(
    private readonly loaders: Loaders,
    private readonly today: Day,
  ) {}

  async withId(id: string): Promise<DutySource | null> {
    const duty = await this.loaders.dutyById.load(id);
    return duty && { ...duty, heldBy: null };
  }

  /** The duty as one agency has it. */
  async withIdHeldBy(id: string, agencyId: string): Promise<DutySource | null> {
    const duty = await this.loaders.dutyById.load(id);
    return duty && { ...duty, heldBy: agencyId };
  }

  /** Every duty of the plan, whoever has it. */
  async all(): Promise<DutySource[]> {
    return (await this.loaders.allDuties()).map((duty) => ({ ...duty, heldBy: null }));
  }

  /** What the plan gives to one group of agencies. */
  async ofGroup(groupCode: string): Promise<DutySource[]> {
    return (await this.all()).filter((duty) => duty.groupCode === groupCode);
  }

  /** What the agency has on the day; with no day, today, or on its last day if it has ended. */
  async ofAgency(agency: AgencyRecord, asOf: Day | null): Promise<DutySource[]> {
    const lastDay = agency.validUntil === null ? null : dayBefore(agency.validUntil);
    const day = asOf ?? (lastDay !== null && lastDay < this.today ? lastDay : this.today);
    const holdings = await this.loaders.holdingsByAgency.load(agency.id);
    const duties = await Promise.all(
      holdings
        .filter((holding) => holdsOn(holding, day))
        .map(({ dutyId }) => this.loaders.dutyById.load(dutyId)),
    );
    return duties
      .filter((duty) => duty !== null)
      .map((duty) => ({ ...duty, heldBy: agency.id }))
      .sort((a, b) => a.ordinal - b.ordinal);
  }

  /** An agency that nobody knows has no duties. */
  async ofAgencyWithId(agencyId: string, asOf: Day | null): Promise<DutySource[]> {
    const agency = await this.loaders.agencyById.load(agencyId);
    return agency ? this.ofAgency(agency, asOf) : [];
  }

  /** Duties that somebody has on the day. */
  async onDay(day: Day): Promise<DutySource[]> {
    const duties = await this.all();
    const holders = await Promise.all(duties.map(({ id }) => this.loaders.holdersOfDuty(id)));
    return duties.filter((_duty, index) => holders[index]!.some((holder) => holdsOn(holder, day)));
  }

  /** Those who have the duty on the day, in the order of the plan's agencies. */
  async agenciesOf(duty: DutySource, asOf: Day | null): Promise<AgencyRecord[]> {
    return this.onDayOf(await this.loaders.holdersOfDuty(duty.id), asOf);
  }

  /** Those who help with it on the day. */
  async partnersOf(duty: DutySource, asOf: Day | null): Promise<AgencyRecord[]> {
    return this.onDayOf(await this.loaders.partnersOfDuty(duty.id), asOf);
  }

  private onDayOf(rows: DutyAgencyRecord[], asOf: Day | null): Promise<AgencyRecord[]> {
    return this.loaders.agenciesInOrder(
      rows.filter((row) => holdsOn(row, asOf ?? this.today)).map(({ agencyId }) => agencyId),
    );
  }
}
