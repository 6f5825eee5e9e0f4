import type { Day } from "../calendar";
import { mergePages, type PageAnswer, type PageRequest, type Position } from "../keyset-page";
import { SECTORS, type Sector } from "../sector";
import type { Territory } from "../territory/territory";
import type { InstitutionRecord } from "./institution.record";
import type { InstitutionFilter, InstitutionRepository } from "./institution.repository";
import { askSectors, sectorIsSilent, type SectorFaults } from "./sector-ask";

/** A list's filter as callers give it; units are resolved to the places that lie in their territory. */
export interface ListFilter {
  unitId?: string;
  sectors?: readonly Sector[];
  kinds?: readonly string[];
  operatingOn?: Day;
  reported?: { year: number; reported: boolean };
  reportState?: { year: number; state: string };
  text?: string;
}

export interface RegistryPage extends PageAnswer<InstitutionRecord> {
  faults: SectorFaults;
}

export function positionOf({ nameSort, id }: InstitutionRecord): Position {
  return { sortKey: nameSort, id };
}

/** `library:armed-forces:…` is held by ARMED_FORCES; null when no sector of ours issued the id. */
export function sectorOfId(id: string): Sector | null {
  const name = id.split(":")[1]?.replaceAll("-", "_").toUpperCase();
  return SECTORS.find((sector) => sector === name) ?? null;
}

/**
 * One type of institution over the databases of all its owners: asks them side by side and merges their answers. Those of
 * hidden sectors are never shown one by one; they count in figures alone.
 */
export class InstitutionRegistry {
  private readonly listed: ReadonlyMap<Sector, InstitutionRepository>;

  constructor(
    private readonly all: ReadonlyMap<Sector, InstitutionRepository>,
    private readonly territory: Territory,
    private readonly today: Day,
    hiddenSectors: readonly Sector[],
  ) {
    this.listed = new Map([...all].filter(([sector]) => !hiddenSectors.includes(sector)));
  }

  /** Rows whose ids (or whose institutions' ids) say which owner to ask; a hidden owner's stay unknown. */
  fromOwners<Row>(
    ids: readonly string[],
    fetch: (repository: InstitutionRepository, ids: string[]) => Promise<Row[]>,
  ): Promise<Row[]> {
    return this.fromSectors(this.listed, ids, fetch);
  }

  /** The same of every owner, hidden ones too. */
  fromAll<Row>(
    ids: readonly string[],
    fetch: (repository: InstitutionRepository, ids: string[]) => Promise<Row[]>,
  ): Promise<Row[]> {
    return this.fromSectors(this.all, ids, fetch);
  }

  private async fromSectors<Row>(
    sectors: ReadonlyMap<Sector, InstitutionRepository>,
    ids: readonly string[],
    fetch: (repository: InstitutionRepository, ids: string[]) => Promise<Row[]>,
  ): Promise<Row[]> {
    const bySector = new Map<Sector, string[]>();
    for (const id of ids) {
      const sector = sectorOfId(id);
      if (sector && sectors.has(sector)) {
        const owned = bySector.get(sector);
        if (owned) owned.push(id);
        else bySector.set(sector, [id]);
      }
    }
    const asked = new Map([...sectors].filter(([sector]) => bySector.has(sector)));
    const { answers, faults } = await askSectors(asked, (repository, sector) =>
      fetch(repository, bySector.get(sector)!),
    );
    if (faults.size > 0) throw sectorIsSilent([...faults.keys()][0]!);
    return [...answers.values()].flat();
  }

  async page(filter: ListFilter, page: PageRequest): Promise<RegistryPage> {
    const { answers, faults } = await askSectors(this.asked(filter), (repository) =>
      repository.page(this.inDatabase(filter), page),
    );
    return { ...mergePages(answers.values(), positionOf, page.first), faults };
  }

  /** Null when a sector did not answer: a count never silently leaves somebody out. */
  async count(filter: ListFilter): Promise<{ count: number | null; faults: SectorFaults }> {
    const { answers, faults } = await askSectors(this.asked(filter), (repository) =>
      repository.count(this.inDatabase(filter)),
    );
    return { count: faults.size > 0 ? null : sum(answers.values()), faults };
  }

  /** The same page under each of many units, in one statement for each sector. */
  async pagesInUnits(
    unitIds: readonly string[],
    filter: ListFilter,
    page: PageRequest,
  ): Promise<RegistryPage[]> {
    const inDatabase = { ...this.inDatabase(filter), unitIds: this.placesIn(unitIds, filter) };
    const { answers, faults } = await askSectors(this.asked(filter), (repository) =>
      repository.pageInEachUnit(inDatabase, page),
    );
    const rows = [...answers.values()].flat();
    return unitIds.map((asked) => {
      const inside = rows.filter(
        ({ unitId }) => this.territory.relation(asked, unitId) === "INSIDE",
      );
      const merged = mergePages(
        [inside.map(({ institution }) => institution)],
        positionOf,
        page.first,
      );
      return { ...merged, faults };
    });
  }

  async countsInUnits(unitIds: readonly string[], filter: ListFilter) {
    const inDatabase = { ...this.inDatabase(filter), unitIds: this.placesIn(unitIds, filter) };
    const { answers, faults } = await askSectors(this.asked(filter), (repository) =>
      repository.countInEachUnit(inDatabase),
    );
    const rows = [...answers.values()].flat();
    return unitIds.map((asked) => {
      const inside = rows.filter(({ key }) => this.territory.relation(asked, key) === "INSIDE");
      return { count: faults.size > 0 ? null : sum(inside.map(({ count }) => count)), faults };
    });
  }

  async pagesOfAgencies(agencyIds: readonly string[], page: PageRequest): Promise<RegistryPage[]> {
    const filter = { today: this.today, managingAgencyIds: agencyIds };
    const { answers, faults } = await askSectors(this.listed, (repository) =>
      repository.pageOfEachAgency(filter, page),
    );
    const rows = [...answers.values()].flat();
    return agencyIds.map((agencyId) => {
      const managed = rows.filter(({ institution }) => institution.managingAgencyId === agencyId);
      const merged = mergePages(
        [managed.map(({ institution }) => institution)],
        positionOf,
        page.first,
      );
      return { ...merged, faults };
    });
  }

  async countsOfAgencies(agencyIds: readonly string[]) {
    const filter = { today: this.today, managingAgencyIds: agencyIds };
    const { answers, faults } = await askSectors(this.listed, (repository) =>
      repository.countOfEachAgency(filter),
    );
    const rows = [...answers.values()].flat();
    return agencyIds.map((agencyId) => {
      const counts = rows.filter(({ key }) => key === agencyId).map(({ count }) => count);
      return { count: faults.size > 0 ? null : sum(counts), faults };
    });
  }

  private asked({ sectors }: ListFilter): ReadonlyMap<Sector, InstitutionRepository> {
    return new Map([...this.listed].filter(([sector]) => !sectors || sectors.includes(sector)));
  }

  private inDatabase({ unitId, sectors: _sectors, ...rest }: ListFilter): InstitutionFilter {
    const unitIds = unitId === undefined ? undefined : this.territory.territoryOf(unitId).inside;
    return { ...rest, unitIds, today: this.today };
  }

  /** Places inside any of the asked units, and inside the filter's own unit if it names one. */
  private placesIn(unitIds: readonly string[], { unitId }: ListFilter): string[] {
    const places = new Set(unitIds.flatMap((asked) => this.territory.territoryOf(asked).inside));
    return [...places].filter(
      (place) => unitId === undefined || this.territory.relation(unitId, place) === "INSIDE",
    );
  }
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}
