import type { GraphQLResolveInfo } from "graphql";
import { requirePlanYear, type Day } from "../calendar";
import { badInput } from "../faults";
import { positionOfExplained, type ExplainedPart } from "../indicator/explanation";
import type { DrawnFigure, IndicatorFigure } from "../indicator/indicator-value";
import { connectionOf, readPage } from "../keyset-page";
import { dateScalar } from "../scalars";
import { SECTOR_NAMES, type Sector } from "../sector";
import {
  entryFields,
  entryResolvers,
  historyEventFields,
  reportEntryFields,
} from "./entry/entry.resolvers";
import type { InstitutionContext } from "./institution-context";
import type {
  InstitutionRecord,
  IntervalRecord,
  KindRecord,
  PlacementRecord,
  ReportRecord,
} from "./institution.record";
import { positionOf, sectorOfId, type ListFilter, type RegistryPage } from "./institution-registry";
import type { ReportBasis } from "./institution-sql";
import type { ReportingScope } from "./reporting";
import type { SectorFaults } from "./sector-ask";
import { readUnit, type UnitInput } from "./unit-input";

/** The names that a subgraph's SDL gives to the parts that every type of institution has. */
export interface InstitutionNames {
  type: string;
  report: string;
  /** `Query.library`, and the report's way back to its institution. */
  one: string;
  /** `Query.libraries`, `AdministrativeUnit.libraries` and `Agency.libraries`. */
  many: string;
  indicators: string;
}

interface FilterInput {
  unit?: UnitInput | null;
  sector?: Sector[] | null;
  kind?: string[] | null;
  operatingOn?: Day | null;
  reported?: { year: number; reported: boolean } | null;
  reportState?: { year: number; state: string } | null;
  text?: string | null;
}

interface PageArguments {
  first: number;
  after?: string | null;
}

type ListArguments = PageArguments & { filter?: FilterInput | null };
type Counted = { count: number | null; faults: SectorFaults };

/** Resolvers for the parts that libraries, museums and cultural centres share, under each subgraph's own names. */
export function institutionResolvers(
  names: InstitutionNames,
  entry: { hasKinds: boolean; hasRulings: boolean },
) {
  const { type, report, one, many, indicators } = names;
  const reporting = `${one}Reporting`;
  return {
    Date: dateScalar,
    Query: {
      [reporting]: (
        _root: unknown,
        args: { year: number },
        context: InstitutionContext,
        info: GraphQLResolveInfo,
      ) => reportingOf(null, args, context, info),
      [one]: (_root: unknown, { id }: { id: string }, { loaders }: InstitutionContext) =>
        loaders.institutionById.load(id),
      [many]: async (
        _root: unknown,
        args: ListArguments,
        context: InstitutionContext,
        info: GraphQLResolveInfo,
      ) => {
        const filter = readFilter(args.filter, context);
        const page = await context.registry.page(filter, readPage(args));
        return connection(page, () => context.registry.count(filter), context, info);
      },
    },
    [type]: {
      __resolveReference: ({ id }: { id: string }, { loaders }: InstitutionContext) =>
        loaders.institutionById.load(id),
      ...institutionFields,
      ...entryFields,
    },
    Mutation: entryResolvers(names, entry),
    HistoryEvent: historyEventFields,
    [report]: {
      ...reportEntryFields,
      __resolveReference: ({ id }: { id: string }, { loaders }: InstitutionContext) =>
        loaders.reportById.load(id),
      [one]: ({ institutionId }: ReportRecord, _args: unknown, { loaders }: InstitutionContext) =>
        loaders.institutionById.load(institutionId),
    },
    AdministrativeUnit: {
      [reporting]: (
        { id }: { id: string },
        args: { year: number },
        context: InstitutionContext,
        info: GraphQLResolveInfo,
      ) => (context.territory.unit(id) ? reportingOf({ unitId: id }, args, context, info) : null),
      [indicators]: unitIndicators,
      [many]: async (
        { id }: { id: string },
        args: ListArguments,
        context: InstitutionContext,
        info: GraphQLResolveInfo,
      ) => {
        if (!context.territory.unit(id)) return null;
        const filter = readFilter(args.filter, context);
        const page = await context.loaders.pageByUnit(filter, readPage(args)).load(id);
        return connection(page, () => context.loaders.countByUnit(filter).load(id), context, info);
      },
    },
    Agency: {
      [reporting]: (
        { id }: { id: string },
        args: { year: number },
        context: InstitutionContext,
        info: GraphQLResolveInfo,
      ) => reportingOf({ agencyId: id }, args, context, info),
      [many]: async (
        { id }: { id: string },
        args: PageArguments,
        context: InstitutionContext,
        info: GraphQLResolveInfo,
      ) => {
        const page = await context.loaders.pageByAgency(readPage(args)).load(id);
        return connection(page, () => context.loaders.countByAgency.load(id), context, info);
      },
    },
    IndicatorValue: {
      indicator: ({ code }: IndicatorFigure) => ({ code }),
      explanation,
      arithmeticMean: (figure: IndicatorFigure) => figure.arithmeticMean(),
      assessment: ({ code, unitId, year, value, applicable }: IndicatorFigure) => ({
        indicatorCode: code,
        unitId,
        year,
        value,
        applicable,
      }),
    },
  };
}

const institutionFields = {
  sector: ({ id }: InstitutionRecord) => sectorOfId(id),
  managingAgency: ({ managingAgencyId }: InstitutionRecord) =>
    managingAgencyId && { id: managingAgencyId },
  placements: async ({ id }: InstitutionRecord, _args: unknown, { loaders }: InstitutionContext) =>
    (await loaders.placementsByInstitution.load(id)).map((placement) => ({
      unit: { id: placement.unitId },
      from: placement.fromOn,
      until: placement.untilOn,
    })),
  unit: async (
    institution: InstitutionRecord,
    { asOf }: { asOf?: Day | null },
    { loaders, territory, today }: InstitutionContext,
  ) => {
    const day = asOf ?? today;
    const placements: PlacementRecord[] = await loaders.placementsByInstitution.load(
      institution.id,
    );
    const placement = heldOn(placements, institution, day);
    const unit = placement && territory.onDay(placement.unitId, day);
    return unit && { id: unit.id };
  },
  kind: async (
    institution: InstitutionRecord,
    _args: unknown,
    { loaders, today }: InstitutionContext,
  ) => {
    const kinds: KindRecord[] = await loaders.kindsByInstitution.load(institution.id);
    return (heldOn(kinds, institution, today) ?? kinds.at(-1))?.kind ?? null;
  },
  kinds: async ({ id }: InstitutionRecord, _args: unknown, { loaders }: InstitutionContext) =>
    (await loaders.kindsByInstitution.load(id)).map((each) => ({
      kind: each.kind,
      from: each.fromOn,
      until: each.untilOn,
    })),
  reports: ({ id }: InstitutionRecord, _args: unknown, { loaders }: InstitutionContext) =>
    loaders.reportsByInstitution.load(id),
  report: async (
    { id }: InstitutionRecord,
    { year, revision }: { year: number; revision?: number | null },
    { loaders }: InstitutionContext,
  ) => {
    const ofYear = (await loaders.reportsByInstitution.load(id)).filter(
      (each) => each.year === year && (revision == null || each.revision === revision),
    );
    return ofYear.find(({ state }) => state === "APPROVED") ?? ofYear[0] ?? null;
  },
};

/** Sectors that did not answer are told among the errors, and left out of the rows. */
async function reportingOf(
  scope: ReportingScope,
  { year }: { year: number },
  context: InstitutionContext,
  info: GraphQLResolveInfo,
) {
  const season = await context.loaders.reportingSeason(requirePlanYear(year));
  noteFaults(season.faults, context, info);
  return season.of(scope);
}

/** Null where figures are withheld: who is counted would tell what is. */
function explanation(figure: DrawnFigure, _args: unknown, { loaders }: InstitutionContext) {
  if (figure.suppressed) return null;
  const part = (which: ExplainedPart) => async (args: PageArguments) => {
    const page = await loaders.explainedPage(figure, which, readPage(args));
    return connectionOf(page, positionOfExplained);
  };
  return {
    ...loaders.formulaOf(figure.code),
    counted: part("COUNTED"),
    notCounted: part("NOT_COUNTED"),
    silent: part("SILENT"),
  };
}

async function unitIndicators(
  { id }: { id: string },
  { year, basis, codes }: { year: number; basis?: ReportBasis | null; codes?: string[] | null },
  context: InstitutionContext,
  info: GraphQLResolveInfo,
) {
  requirePlanYear(year);
  const asked = context.loaders.indicatorCodes(codes);
  if (!context.territory.unit(id)) return null;
  const picture = await context.loaders.yearPicture(year, basis ?? "APPROVED", asked);
  noteFaults(picture.faults, context, info);
  return context.loaders.figuresOf(id, picture, asked);
}

function connection(
  page: RegistryPage,
  count: () => Promise<Counted>,
  context: InstitutionContext,
  info: GraphQLResolveInfo,
) {
  noteFaults(page.faults, context, info);
  return {
    ...connectionOf(page, positionOf),
    missingSectors: [...page.faults.keys()],
    totalCount: async (_args: unknown, _context: unknown, countInfo: GraphQLResolveInfo) => {
      const { count: total, faults } = await count();
      noteFaults(faults, context, countInfo);
      return total;
    },
  };
}

function noteFaults(
  faults: SectorFaults,
  context: InstitutionContext,
  info: GraphQLResolveInfo,
): void {
  if (faults.size === 0) return;
  const path: (string | number)[] = [];
  for (let step: GraphQLResolveInfo["path"] | undefined = info.path; step; step = step.prev)
    path.unshift(step.key);
  for (const sector of faults.keys()) context.faults.note(sector, SECTOR_NAMES[sector], path);
}

/** The interval of the day; after an institution has closed, its last one. */
function heldOn<Interval extends IntervalRecord>(
  intervals: Interval[],
  { closedOn }: InstitutionRecord,
  day: Day,
): Interval | undefined {
  return intervals.find(
    ({ fromOn, untilOn }) =>
      (fromOn === null || fromOn <= day) &&
      (untilOn === null || untilOn > day || (untilOn === closedOn && closedOn <= day)),
  );
}

function readFilter(
  filter: FilterInput | null | undefined,
  { territory, today }: InstitutionContext,
): ListFilter {
  const { unit, sector, kind, operatingOn, reported, reportState, text } = filter ?? {};
  if (text != null && text.length > 200) {
    throw badInput("`text` dài quá 200 ký tự.", "`text` is longer than 200 characters.");
  }
  if (reportState && reportState.state !== "SUBMITTED" && reportState.state !== "APPROVED") {
    throw badInput(
      "`reportState.state` chỉ nhận SUBMITTED hoặc APPROVED; bản nháp là của người lập.",
      "`reportState.state` takes SUBMITTED or APPROVED; drafts are their writers' own.",
    );
  }
  return {
    reportState: reportState ?? undefined,
    unitId: unit ? readUnit(unit, territory, today) : undefined,
    sectors: sector ?? undefined,
    kinds: kind ?? undefined,
    operatingOn: operatingOn ?? undefined,
    reported: reported ?? undefined,
    text: text ?? undefined,
  };
}
