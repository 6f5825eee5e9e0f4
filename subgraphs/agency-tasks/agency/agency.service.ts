import type { Day } from "../../foundation/calendar";
import { holdsOn } from "../validity";
import type { createAgencyLoaders } from "./agency.loaders";
import type { AgencyRecord } from "./agency.record";
import type { AgencyRepository } from "./agency.repository";
import type { AgencySuccessionRecord } from "./agency-succession.record";

/** A succession seen from one of its two sides; `agencyId` is the other one. */
export interface SeenAgencySuccession extends AgencySuccessionRecord {
  agencyId: string | null;
}

/** Which agencies there are, and what became of them. */
export class AgencyService {
  constructor(
    private readonly agencies: AgencyRepository,
    private readonly loaders: ReturnType<typeof createAgencyLoaders>,
  ) {}

  async listed(sector: string | null, asOf: Day | null): Promise<AgencyRecord[]> {
    const agencies = await this.agencies.ofSector(sector);
    return asOf === null
      ? agencies
      : agencies.filter(({ validFrom, validUntil }) =>
          holdsOn({ fromOn: validFrom, untilOn: validUntil }, asOf),
        );
  }

  async successorsOf(id: string): Promise<SeenAgencySuccession[]> {
    const successions = await this.loaders.successionsFromAgency.load(id);
    return successions.map((each) => ({ ...each, agencyId: each.successorId }));
  }

  /** An agency that only continued is not its own predecessor. */
  async predecessorsOf(id: string): Promise<SeenAgencySuccession[]> {
    const successions = await this.loaders.successionsToAgency.load(id);
    return successions
      .filter(({ predecessorId }) => predecessorId !== id)
      .map((each) => ({ ...each, agencyId: each.predecessorId }));
  }
}
