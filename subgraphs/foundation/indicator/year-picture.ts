import { dayBefore, FIRST_YEAR, lastDayOf } from "../calendar";
import type { ReportBasis } from "../institution/institution-sql";
import { SECTORS, type Sector } from "../sector";
import { askSectors, sectorIsSilent, type SectorFaults } from "../institution/sector-ask";
import type {
  ClassCount,
  CountQuestion,
  FigureRepository,
  GrowthSum,
  Membership,
  StoredRuling,
  YearlySum,
} from "./figure.repository";
import type { IndicatorDefinition } from "./indicator-value";

/** Rows by the unit in which their institutions are placed; null: nowhere known. */
export type ByPlace<Row> = ReadonlyMap<string | null, readonly Row[]>;

/** What one sector's database says about a year, for all units at once. */
export interface SectorPicture {
  /** By kind. */
  live: ReadonlyMap<string, ByPlace<ClassCount>>;
  /** Classes that had ended by the end of the year; no counts where the ruling retires the class. */
  ended: ReadonlyMap<string, { ruling: StoredRuling; counts: ByPlace<ClassCount> }>;
  growth: ByPlace<GrowthSum>;
}

/** Everything that the asked indicators of a year need: their figures of any unit are drawn from it without another statement. */
export interface YearPicture {
  year: number;
  basis: ReportBasis;
  /** The first year of visits of any owner whose reports anybody may read. */
  baseYear: number | null;
  /** A silent sector may have begun earlier than those who answer, and then all would be compared with another year. */
  isBaseKnown: boolean;
  sectors: Map<Sector, SectorPicture>;
  faults: SectorFaults;
  /** Each year's visits beside those of the year before, by sector; read when first asked for, and thrown if a sector fails. */
  yearly: () => Promise<ReadonlyMap<Sector, ByPlace<YearlySum>>>;
}

interface Counts extends Pick<SectorPicture, "live" | "ended"> {
  firstYear: number | null;
}

/**
 * Asks every sector that an asked indicator counts, side by side. A sector that fails at any step is missing from the picture
 * whole, so that no figure mixes an answer with a silence.
 * @param protectedSectors the base year is not drawn from: it is told to everybody, and would say that one of theirs reported.
 */
export async function readYearPicture(
  all: ReadonlyMap<Sector, FigureRepository>,
  year: number,
  basis: ReportBasis,
  indicators: readonly IndicatorDefinition[],
  protectedSectors: readonly Sector[],
): Promise<YearPicture> {
  const measuresGrowth = indicators.some(({ measure }) => measure === "GROWTH");
  // Every sector's first year of visits may be the year from which growth is measured.
  const repositories = new Map(
    [...all].filter(
      ([sector]) => measuresGrowth || indicators.some(({ sectors }) => sectors.includes(sector)),
    ),
  );
  const counted = await askSectors(repositories, (repository) =>
    readCounts(repository, year, basis, indicators),
  );
  const open = [...repositories.keys()].filter((sector) => !protectedSectors.includes(sector));
  const firstYears = open.flatMap((sector) => counted.answers.get(sector)?.firstYear ?? []);
  const firstYear = firstYears.length > 0 ? Math.min(...firstYears) : null;
  const baseYear = firstYear !== null && firstYear <= year ? firstYear : null;
  const isBaseKnown =
    baseYear === FIRST_YEAR || open.every((sector) => counted.answers.has(sector));

  const answering = new Map([...repositories].filter(([sector]) => counted.answers.has(sector)));
  const grown = await askSectors(answering, async (repository) =>
    baseYear === null
      ? byPlace<GrowthSum>([])
      : byPlace(await repository.growthByUnit(baseYear, year, lastDayOf(year), basis)),
  );

  const sectors = new Map<Sector, SectorPicture>();
  for (const sector of SECTORS) {
    const counts = counted.answers.get(sector);
    const growth = grown.answers.get(sector);
    if (counts && growth) sectors.set(sector, { live: counts.live, ended: counts.ended, growth });
  }
  let yearly: ReturnType<YearPicture["yearly"]> | undefined;
  return {
    year,
    basis,
    baseYear,
    isBaseKnown,
    sectors,
    faults: new Map([...counted.faults, ...grown.faults]),
    yearly: () => (yearly ??= readYearly(answering, baseYear, year, basis)),
  };
}

async function readYearly(
  repositories: ReadonlyMap<Sector, FigureRepository>,
  baseYear: number | null,
  year: number,
  basis: ReportBasis,
): Promise<ReadonlyMap<Sector, ByPlace<YearlySum>>> {
  if (baseYear === null) return new Map();
  const { answers, faults } = await askSectors(repositories, async (repository) =>
    byPlace(await repository.yearlyByUnit(baseYear, year, lastDayOf(year), basis)),
  );
  if (faults.size > 0) throw sectorIsSilent([...faults.keys()][0]!);
  return answers;
}

async function readCounts(
  repository: FigureRepository,
  year: number,
  basis: ReportBasis,
  indicators: readonly IndicatorDefinition[],
): Promise<Counts> {
  const day = lastDayOf(year);
  const measuresGrowth = indicators.some(({ measure }) => measure === "GROWTH");
  const counted = indicators.flatMap((each) => (each.measure === "SHARE" ? each.kinds(year) : []));
  const [live, rulings, firstYear] = await Promise.all([
    repository.countByUnitAndKind({
      // Whether growth may be told is judged by the institutions of every kind.
      ...(!measuresGrowth && { kinds: counted }),
      kindOn: day,
      operatingOn: day,
      placedOn: day,
      reportYear: year,
      basis,
    }),
    repository.rulings(),
    measuresGrowth ? repository.firstYearOfVisits(basis) : null,
  ]);
  const ended = new Map<string, { ruling: StoredRuling; counts: ByPlace<ClassCount> }>();
  const inForce = rulings.filter(({ classEndedOn }) => classEndedOn <= day);
  for (const ruling of inForce.filter((each) => counted.includes(each.class))) {
    const pooled = indicators.flatMap((each) =>
      each.measure === "SHARE" && each.kinds(year).includes(ruling.class) ? each.kinds(year) : [],
    );
    const question = endedQuestion(ruling, inForce, pooled, year, basis);
    const counts = ruling.basis === "RETIRED" ? [] : await repository.countByUnitAndKind(question);
    ended.set(ruling.class, { ruling, counts: byPlace(counts) });
  }
  const byKind = new Map(
    [...groupedBy(live, ({ kind }) => kind)].map(([kind, counts]) => [kind, byPlace(counts)]),
  );
  return { live: byKind, ended, firstYear };
}

/**
 * Whom a ruling that does not retire its class counts, and by which report. Whoever has since become another kind that the
 * same figure counts is counted as that, and not twice.
 * @param inForce every ruling of the owner whose class had ended by the end of the year.
 * @param pooled the kinds that the class's figure counts.
 */
export function endedQuestion(
  ruling: StoredRuling,
  inForce: readonly StoredRuling[],
  pooled: readonly string[],
  year: number,
  basis: ReportBasis,
): CountQuestion {
  const { kindOn, operatingOn } = membershipOf(ruling, year);
  const day = lastDayOf(year);
  const live = pooled.filter((kind) => !inForce.some((each) => each.class === kind));
  const later = inForce.filter(
    (each) =>
      each.basis !== "RETIRED" &&
      pooled.includes(each.class) &&
      each.classEndedOn > ruling.classEndedOn,
  );
  return {
    kinds: [ruling.class],
    kindOn,
    operatingOn,
    placedOn: operatingOn,
    reportYear: Number(operatingOn.slice(0, 4)),
    basis,
    elsewhere: [
      ...(live.length > 0 ? [{ kinds: live, kindOn: day, operatingOn: day }] : []),
      ...later.map((each) => membershipOf(each, year)),
    ],
  };
}

/** CARRIED follows the class's last members through the years; FROZEN looks at its last day for ever. */
function membershipOf(ruling: StoredRuling, year: number): Membership {
  const lastDay = dayBefore(ruling.classEndedOn);
  const operatingOn = ruling.basis === "FROZEN" ? lastDay : lastDayOf(year);
  return { kinds: [ruling.class], kindOn: lastDay, operatingOn };
}

function byPlace<Row extends { unitId: string | null }>(rows: readonly Row[]): ByPlace<Row> {
  return groupedBy(rows, ({ unitId }) => unitId);
}

function groupedBy<Key, Row>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
