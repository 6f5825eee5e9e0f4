import DataLoader from "dataloader";
import type { Day } from "../calendar";
import { PartialFaults } from "../faults";
import {
  indicatorFigure,
  type IndicatorDefinition,
  type IndicatorFigure,
} from "../indicator/indicator-value";
import type { FigureRepository } from "../indicator/figure.repository";
import { readYearPicture, type YearPicture } from "../indicator/year-picture";
import { manyByKey, oneByKey } from "../keyed-loader";
import type { PageRequest } from "../keyset-page";
import type { Sector } from "../sector";
import type { SubgraphContext } from "../serve-subgraph";
import type { Territory } from "../territory/territory";
import { InstitutionRegistry, type ListFilter } from "./institution-registry";
import type { InstitutionRepository } from "./institution.repository";
import type { ReportBasis } from "./institution-sql";

/** What a subgraph of institutions is made of, for as long as it runs. */
export interface InstitutionHouse {
  repositories: ReadonlyMap<Sector, InstitutionRepository>;
  figures: ReadonlyMap<Sector, FigureRepository>;
  indicators: readonly IndicatorDefinition[];
  territory: Territory;
  listedSectors: readonly Sector[];
  today: () => Day;
}

/** What one request may use: loaders that never remember what another caller may see. */
export interface InstitutionContext extends SubgraphContext {
  today: Day;
  territory: Territory;
  registry: InstitutionRegistry;
  loaders: ReturnType<typeof createInstitutionLoaders>;
}

export function createInstitutionContext(house: InstitutionHouse): InstitutionContext {
  const today = house.today();
  const { territory } = house;
  const registry = new InstitutionRegistry(
    house.repositories,
    territory,
    today,
    house.listedSectors,
  );
  return {
    faults: new PartialFaults(),
    today,
    territory,
    registry,
    loaders: createInstitutionLoaders(house, registry),
  };
}

function createInstitutionLoaders(house: InstitutionHouse, registry: InstitutionRegistry) {
  const measuresGrowth = house.indicators.some(({ measure }) => measure === "GROWTH");
  return {
    institutionById: oneByKey(
      (ids) => registry.fromOwners(ids, (repository, owned) => repository.withIds(owned)),
      ({ id }) => id,
    ),
    reportById: oneByKey(
      (ids) => registry.fromOwners(ids, (repository, owned) => repository.reportsWithIds(owned)),
      ({ id }) => id,
    ),
    reportsByInstitution: manyByKey(
      (ids) => registry.fromOwners(ids, (repository, owned) => repository.reportsOf(owned)),
      ({ institutionId }) => institutionId,
    ),
    placementsByInstitution: manyByKey(
      (ids) => registry.fromOwners(ids, (repository, owned) => repository.placementsOf(owned)),
      ({ institutionId }) => institutionId,
    ),
    kindsByInstitution: manyByKey(
      (ids) => registry.fromOwners(ids, (repository, owned) => repository.kindsOf(owned)),
      ({ institutionId }) => institutionId,
    ),
    pageByUnit: perArguments((filter: ListFilter, page: PageRequest) =>
      batched((unitIds) => registry.pagesInUnits(unitIds, filter, page)),
    ),
    countByUnit: perArguments((filter: ListFilter) =>
      batched((unitIds) => registry.countsInUnits(unitIds, filter)),
    ),
    pageByAgency: perArguments((page: PageRequest) =>
      batched((agencyIds) => registry.pagesOfAgencies(agencyIds, page)),
    ),
    countByAgency: batched((agencyIds) => registry.countsOfAgencies(agencyIds)),
    yearPicture: perArguments((year: number, basis: ReportBasis) =>
      readYearPicture(house.figures, year, basis, { measuresGrowth }),
    ),
    figuresOf: (unitId: string, picture: YearPicture): IndicatorFigure[] =>
      house.indicators.map((indicator) =>
        indicatorFigure(indicator, unitId, picture, house.territory),
      ),
  };
}

function batched<Value>(fetch: (keys: readonly string[]) => Promise<Value[]>) {
  return new DataLoader<string, Value>(fetch, { maxBatchSize: 500 });
}

/** One answer, or one loader, for each set of arguments that a field is asked with in a request. */
function perArguments<Arguments extends unknown[], Made>(make: (...args: Arguments) => Made) {
  const made = new Map<string, Made>();
  return (...args: Arguments): Made => {
    const key = JSON.stringify(args);
    if (!made.has(key)) made.set(key, make(...args));
    return made.get(key)!;
  };
}
