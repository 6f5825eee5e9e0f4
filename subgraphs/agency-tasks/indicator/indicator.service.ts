import type { Day } from "../../foundation/calendar";
import type { createAgencyLoaders } from "../agency/agency.loaders";
import type { AgencyRecord } from "../agency/agency.record";
import type { createDutyLoaders } from "../duty/duty.loaders";
import { holdsOn } from "../validity";
import type { createIndicatorLoaders } from "./indicator.loaders";
import type { IndicatorRecord } from "./indicator.record";
import type { IndicatorRepository } from "./indicator.repository";
import type { ResponsibilityRecord } from "./responsibility.record";

type Loaders = ReturnType<typeof createAgencyLoaders> &
  ReturnType<typeof createDutyLoaders> &
  ReturnType<typeof createIndicatorLoaders>;

/** Who answers for an indicator on a day. */
export class IndicatorService {
  constructor(
    private readonly indicators: IndicatorRepository,
    private readonly loaders: Loaders,
    private readonly today: Day,
  ) {}

  all(): Promise<IndicatorRecord[]> {
    return this.indicators.all();
  }

  /** By the duty that the plan answers with: whoever has it from the agency that the plan names. */
  async responsibilitiesFor(code: string, asOf: Day | null): Promise<ResponsibilityRecord[]> {
    const rows = await this.loaders.responsibilitiesByIndicator.load(code);
    return rows.filter((row) => holdsOn(row, asOf ?? this.today));
  }

  /** Each agency once, though it may answer by several duties. */
  async responsibleAgencies(code: string, asOf: Day | null): Promise<AgencyRecord[]> {
    const rows = await this.responsibilitiesFor(code, asOf);
    return this.loaders.agenciesInOrder(rows.map(({ agencyId }) => agencyId));
  }

  /** Those who have the duties by which the indicator is supported in the localities. */
  async supportingAgencies(indicator: IndicatorRecord, asOf: Day | null): Promise<AgencyRecord[]> {
    const holders = await Promise.all(
      indicator.supportingDutyIds.map((id) => this.loaders.holdersOfDuty(id)),
    );
    return this.loaders.agenciesInOrder(
      holders
        .flat()
        .filter((holder) => holdsOn(holder, asOf ?? this.today))
        .map(({ agencyId }) => agencyId),
    );
  }
}
