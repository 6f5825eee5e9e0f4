import DataLoader from "dataloader";
import type { Day } from "../calendar";
import { badInput, PartialFaults } from "../faults";
import {
  indicatorFigure,
  type IndicatorDefinition,
  type DrawnFigure,
} from "../indicator/indicator-value";
import { explainedPage, formulaOf, type ExplainedPart } from "../indicator/explanation";
import type { FigureRepository } from "../indicator/figure.repository";
import { readYearPicture, type YearPicture } from "../indicator/year-picture";
import { manyByKey, oneByKey } from "../keyed-loader";
import type { PageRequest } from "../keyset-page";
import type { Sector } from "../sector";
import type { Ledger } from "../ledger/ledger";
import type { AuditEntryRecord } from "../ledger/ledger.record";
import type { AgencyDirectory } from "../rights/agency-directory";
import type { Caller, Language } from "../rights/caller";
import type { RightsContext } from "../rights/enforce-rights";
import { Rights } from "../rights/rights";
import type { SubgraphContext } from "../serve-subgraph";
import type { Territory } from "../territory/territory";
import type { EntryDesign } from "./entry/entry-house";
import { InstitutionWriter } from "./entry/institution-writer";
import { InstitutionRegistry, sectorOfId, type ListFilter } from "./institution-registry";
import type { InstitutionRecords, InstitutionRepository } from "./institution.repository";
import { ReportingSeason } from "./reporting";
import type { ReportingRepository } from "./reporting.repository";
import { readUnit } from "./unit-input";
import type { ReportBasis } from "./institution-sql";
import { askSectors, sectorIsSilent } from "./sector-ask";

/** What a subgraph of institutions is made of, for as long as it runs. */
export interface InstitutionHouse {
  /** The subgraph's. */
  name: string;
  repositories: ReadonlyMap<Sector, InstitutionRepository>;
  figures: ReadonlyMap<Sector, FigureRepository>;
  indicators: readonly IndicatorDefinition[];
  territory: Territory;
  /** Owners whose institutions are shown one by one only to those who have the right. */
  protectedSectors: readonly Sector[];
  reporting: ReadonlyMap<Sector, ReportingRepository>;
  /** `MM-DD` of the year after: the last day on which an institution's report is in time. */
  reportDue: string;
  ledgers: ReadonlyMap<Sector, Ledger>;
  records: InstitutionRecords;
  entry: EntryDesign;
  hasRulings: boolean;
  agencies: AgencyDirectory;
  today: () => Day;
}

/** What one request may use: loaders that never remember what another caller may see. */
export interface InstitutionContext extends SubgraphContext, RightsContext {
  language: Language;
  today: Day;
  territory: Territory;
  registry: InstitutionRegistry;
  writer: InstitutionWriter;
  loaders: ReturnType<typeof createInstitutionLoaders>;
  /** Forgets what has been read: after a write it may be otherwise. */
  forget(): void;
}

export function createInstitutionContext(
  house: InstitutionHouse,
  { viewer, language }: Caller,
): InstitutionContext {
  const today = house.today();
  const { territory, agencies, repositories, protectedSectors } = house;
  const rights = new Rights(viewer, agencies, territory, today);
  const hidden = protectedSectors.filter((sector) => !rights.mayReadProtected(sector));
  const registry = new InstitutionRegistry(repositories, territory, today, hidden);
  const context: InstitutionContext = {
    faults: new PartialFaults(),
    rights,
    roles: new Map(),
    placesOf: (ids) => placesOf(ids, context.loaders, today),
    unitOf: (input) => readUnit(input as Parameters<typeof readUnit>[0], territory, today),
    language,
    today,
    territory,
    registry,
    writer: new InstitutionWriter(house, viewer, today),
    loaders: createInstitutionLoaders(house, registry, hidden),
    forget: () => {
      context.loaders = createInstitutionLoaders(house, registry, hidden);
    },
  };
  return context;
}

/** Where the institutions, or those that the reports are about, stand today or stood last; whoever may see them. */
async function placesOf(
  ids: readonly string[],
  loaders: ReturnType<typeof createInstitutionLoaders>,
  today: Day,
): Promise<(string | null)[]> {
  return Promise.all(
    ids.map(async (id) => {
      const institutionId = (await loaders.institutionOfReport.load(id))?.institutionId ?? id;
      const placements = await loaders.anyPlacementsByInstitution.load(institutionId);
      const held = placements.find(({ untilOn }) => untilOn === null || untilOn > today);
      return (held ?? placements.at(-1))?.unitId ?? null;
    }),
  );
}

function createInstitutionLoaders(
  house: InstitutionHouse,
  registry: InstitutionRegistry,
  hidden: readonly Sector[],
) {
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
    draftsByInstitution: manyByKey(
      (ids) => registry.fromOwners(ids, (repository, owned) => repository.draftsOf(owned)),
      ({ institutionId }) => institutionId,
    ),
    /** Of every owner: for questions of right, never for an answer. */
    institutionOfReport: oneByKey(
      (ids) => registry.fromAll(ids, (repository, owned) => repository.ownersOfReports(owned)),
      ({ id }) => id,
    ),
    anyPlacementsByInstitution: manyByKey(
      (ids) => registry.fromAll(ids, (repository, owned) => repository.placementsOf(owned)),
      ({ institutionId }) => institutionId,
    ),
    /** By `[record id, number of an entry about many records at once]`, as JSON. */
    historyOf: batched((keys) => historiesOf(house.ledgers, keys)),
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
    /** By the codes of the indicators that are to be drawn from it. */
    yearPicture: perArguments((year: number, basis: ReportBasis, codes: readonly string[]) =>
      readYearPicture(
        house.figures,
        year,
        basis,
        indicatorsOf(house, codes),
        house.protectedSectors,
      ),
    ),
    /**
     * Codes of the plan's order, each once. @param asked null: all.
     * @throws BAD_USER_INPUT for a code that is none of the subgraph's.
     */
    indicatorCodes: (asked: readonly string[] | null | undefined) => readCodes(house, asked),
    reportingSeason: perArguments((year: number) =>
      ReportingSeason.read(house.reporting, year, {
        due: house.reportDue,
        today: house.today(),
        hidden,
        territory: house.territory,
      }),
    ),
    explainedPage: (figure: DrawnFigure, part: ExplainedPart, page: PageRequest) => {
      const seen = new Map([...house.figures].filter(([sector]) => !hidden.includes(sector)));
      const indicator = house.indicators.find(({ code }) => code === figure.code)!;
      const { unitId, picture } = figure;
      return explainedPage(seen, indicator, unitId, picture, house.territory, part, page);
    },
    formulaOf: (code: string) => formulaOf(house.indicators.find((each) => each.code === code)!),
    figuresOf: (unitId: string, picture: YearPicture, codes: readonly string[]): DrawnFigure[] =>
      indicatorsOf(house, codes).map((indicator) => ({
        ...indicatorFigure(indicator, unitId, picture, house.territory, hidden),
        picture,
      })),
  };
}

const indicatorsOf = ({ indicators }: InstitutionHouse, codes: readonly string[]) =>
  indicators.filter(({ code }) => codes.includes(code));

function readCodes(
  { indicators }: InstitutionHouse,
  asked: readonly string[] | null | undefined,
): string[] {
  const known = indicators.map(({ code }) => code);
  const unknown = (asked ?? []).filter((code) => !known.includes(code));
  if (unknown.length > 0) {
    const [none, some] = [unknown.join(", "), known.join(", ")].map((text) => text.slice(0, 100));
    throw badInput(
      `Không có chỉ tiêu ${none!} ở đây; có: ${some!}.`,
      `There is no indicator ${none!} here; there are: ${some!}.`,
    );
  }
  return known.filter((code) => asked?.includes(code) ?? true);
}

async function historiesOf(
  ledgers: ReadonlyMap<Sector, Ledger>,
  keys: readonly string[],
): Promise<AuditEntryRecord[][]> {
  const asked = keys.map((key) => {
    const [id, sequence] = JSON.parse(key) as [string, number | null];
    return { id, sequence, sector: sectorOfId(id)! };
  });
  const owners = new Map(
    [...ledgers].filter(([own]) => asked.some(({ sector }) => sector === own)),
  );
  const { answers, faults } = await askSectors(owners, (ledger, own) => {
    const ofOwner = asked.filter(({ sector }) => sector === own);
    return ledger.entriesOf(
      ofOwner.map(({ id }) => id),
      ofOwner.flatMap(({ sequence }) => sequence ?? []),
    );
  });
  if (faults.size > 0) throw sectorIsSilent([...faults.keys()][0]!);
  return asked.map(({ id, sequence, sector }) =>
    answers
      .get(sector)!
      .filter(
        (entry) => entry.recordId === id || (sequence !== null && entry.sequence === sequence),
      ),
  );
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
