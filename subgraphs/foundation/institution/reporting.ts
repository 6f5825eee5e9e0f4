import type { Day } from "../calendar";
import type { Sector } from "../sector";
import type { Territory } from "../territory/territory";
import type { ReportingCount, ReportingRepository } from "./reporting.repository";
import { askSectors, type SectorFaults } from "./sector-ask";

/** `InstitutionReporting` of schema/common. */
export interface InstitutionReporting {
  sector: Sector;
  expected: number | null;
  received: number | null;
  approved: number | null;
  onTime: number | null;
  overdue: number | null;
  dueOn: Day;
  suppressed: boolean;
}

/** Which institutions are asked about: all, those of a unit's territory, or those that an agency manages. */
export type ReportingScope = { unitId: string } | { agencyId: string } | null;

/** A year's reporting in every owner's database, read once for a request. */
export class ReportingSeason {
  private constructor(
    private readonly counts: ReadonlyMap<Sector, ReportingCount[]>,
    readonly faults: SectorFaults,
    private readonly dueOn: Day,
    private readonly isOver: boolean,
    private readonly hidden: readonly Sector[],
    private readonly territory: Territory,
  ) {}

  /** @param due `MM-DD` of the year after, the last day in time. */
  static async read(
    repositories: ReadonlyMap<Sector, ReportingRepository>,
    year: number,
    {
      due,
      today,
      hidden,
      territory,
    }: { due: string; today: Day; hidden: readonly Sector[]; territory: Territory },
  ): Promise<ReportingSeason> {
    const dueOn = `${year + 1}-${due}`;
    const { answers, faults } = await askSectors(repositories, (repository) =>
      repository.countFor(year, dueOn),
    );
    return new ReportingSeason(answers, faults, dueOn, today > dueOn, hidden, territory);
  }

  /** One row for each sector that answered. */
  of(scope: ReportingScope): InstitutionReporting[] {
    return [...this.counts].map(([sector, counts]) => {
      const { dueOn } = this;
      if (this.hidden.includes(sector)) {
        const nothing = { expected: null, received: null, approved: null, onTime: null };
        return { sector, ...nothing, overdue: null, dueOn, suppressed: true };
      }
      const own = counts.filter((count) => this.isIn(count, scope));
      const sum = (of: (count: ReportingCount) => number) =>
        own.reduce((total, count) => total + of(count), 0);
      const expected = sum((count) => count.expected);
      const received = sum((count) => count.received);
      return {
        sector,
        expected,
        received,
        approved: sum((count) => count.approved),
        onTime: sum((count) => count.onTime),
        overdue: this.isOver ? expected - received : 0,
        dueOn,
        suppressed: false,
      };
    });
  }

  private isIn({ unitId, agencyId }: ReportingCount, scope: ReportingScope): boolean {
    if (scope === null) return true;
    if ("agencyId" in scope) return agencyId === scope.agencyId;
    return unitId !== null && this.territory.relation(scope.unitId, unitId) === "INSIDE";
  }
}
