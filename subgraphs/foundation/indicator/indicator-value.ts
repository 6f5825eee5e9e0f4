import type { Sector } from "../sector";
import type { Territory } from "../territory/territory";
import type { ClassCount, StoredRuling, YearlySum } from "./figure.repository";
import type { ByPlace, SectorPicture, YearPicture } from "./year-picture";

/** How one indicator of the plan is counted. */
export type IndicatorDefinition =
  | {
      code: string;
      measure: "SHARE";
      sectors: readonly Sector[];
      condition: string;
      /** The kinds whose institutions are the denominator; the plan's wording may change with the milestone. */
      kinds: (year: number) => readonly string[];
    }
  | { code: string; measure: "GROWTH"; sectors: readonly Sector[] };

/** The figures of `IndicatorValue` in schema/common, which says what each of them and its null means. */
export interface IndicatorFigure {
  code: string;
  unitId: string;
  year: number;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  reported: number | null;
  unplaced: number | null;
  lowerBound: number | null;
  upperBound: number | null;
  baseYear: number | null;
  /** Read only when a caller asks for it. */
  arithmeticMean: () => Promise<number | null>;
  shares: SectorPart[];
  missingSectors: Sector[];
  ruling: StoredRuling | null;
  /** False when there is nothing to judge: the class is retired, or no institution of it is there. */
  applicable: boolean;
  demonstration: boolean | null;
}

interface SectorPart {
  sector: Sector;
  numerator: number | null;
  denominator: number | null;
  reported: number | null;
}

interface Tally {
  numerator: number;
  denominator: number;
  reported: number;
  unplaced: number;
  demonstration: boolean;
}

const EMPTY: Readonly<Tally> = {
  numerator: 0,
  denominator: 0,
  reported: 0,
  unplaced: 0,
  demonstration: false,
};

/** Draws one indicator of one unit from the year's picture: counts add over sectors and places, rates are recomputed. */
export function indicatorFigure(
  indicator: IndicatorDefinition,
  unitId: string,
  picture: YearPicture,
  territory: Territory,
): IndicatorFigure {
  const missingSectors = indicator.sectors.filter((sector) => !picture.sectors.has(sector));
  return indicator.measure === "SHARE"
    ? shareFigure(indicator, unitId, picture, territory, missingSectors)
    : growthFigure(indicator, unitId, picture, territory, missingSectors);
}

function shareFigure(
  indicator: IndicatorDefinition & { measure: "SHARE" },
  unitId: string,
  picture: YearPicture,
  territory: Territory,
  missingSectors: Sector[],
): IndicatorFigure {
  const kinds = indicator.kinds(picture.year);
  const answering = indicator.sectors.flatMap((sector) => {
    const sectorPicture = picture.sectors.get(sector);
    return sectorPicture ? [{ sector, sectorPicture }] : [];
  });
  const ruling =
    answering
      .flatMap(({ sectorPicture }) =>
        kinds.flatMap((kind) => sectorPicture.ended.get(kind)?.ruling ?? []),
      )
      .at(0) ?? null;
  const retired = kinds.every((kind) =>
    answering.some(
      ({ sectorPicture }) => sectorPicture.ended.get(kind)?.ruling.basis === "RETIRED",
    ),
  );
  const tallies = answering.map(({ sector, sectorPicture }) => ({
    sector,
    tally: total(
      kinds.map((kind) =>
        shareTally(membersOf(kind, sectorPicture), indicator.condition, unitId, territory),
      ),
    ),
  }));
  const frame = { code: indicator.code, unitId, year: picture.year, missingSectors, ruling };
  if (retired) {
    return {
      ...frame,
      ...nothing,
      applicable: false,
      shares: tallies.map(({ sector }) => ({
        sector,
        numerator: null,
        denominator: null,
        reported: null,
      })),
    };
  }
  const shares = tallies.map(({ sector, tally: { numerator, denominator, reported } }) => ({
    sector,
    numerator,
    denominator,
    reported,
  }));
  if (missingSectors.length > 0) return { ...frame, ...nothing, applicable: true, shares };
  const { numerator, denominator, reported, unplaced, demonstration } = total(
    tallies.map(({ tally }) => tally),
  );
  return {
    ...frame,
    ...nothing,
    value: reported === 0 ? null : percent(numerator, denominator),
    numerator,
    denominator,
    reported,
    unplaced,
    lowerBound: percent(numerator, denominator),
    upperBound: percent(numerator + denominator - reported, denominator),
    shares,
    applicable: denominator + unplaced > 0,
    demonstration,
  };
}

/** A class that has ended is counted by its ruling; what still bears its kind afterwards is not a member any more. */
function membersOf(kind: string, { live, ended }: SectorPicture): ByPlace<ClassCount> | undefined {
  return ended.get(kind)?.counts ?? live.get(kind);
}

function shareTally(
  counts: ByPlace<ClassCount> | undefined,
  condition: string,
  unitId: string,
  territory: Territory,
): Tally {
  const tally = { ...EMPTY };
  if (!counts) return tally;
  for (const { institutions, demonstration, answers } of rowsInside(counts, unitId, territory)) {
    tally.denominator += institutions;
    tally.reported += answers[condition]!.answered;
    tally.numerator += answers[condition]!.yes;
    tally.demonstration ||= demonstration;
  }
  tally.unplaced = institutionsBetween(counts, unitId, territory);
  return tally;
}

/** Rows placed in the unit's territory. */
function* rowsInside<Row>(rows: ByPlace<Row>, unitId: string, territory: Territory): Iterable<Row> {
  for (const place of territory.territoryOf(unitId).inside) yield* rows.get(place) ?? [];
}

/** How many institutions may stand in the unit or beside it: their place straddles its border, or is unknown. */
function institutionsBetween(
  rows: ByPlace<{ institutions: number }>,
  unitId: string,
  territory: Territory,
): number {
  let institutions = 0;
  for (const place of [null, ...territory.territoryOf(unitId).straddling]) {
    for (const row of rows.get(place) ?? []) institutions += row.institutions;
  }
  return institutions;
}

function growthFigure(
  indicator: IndicatorDefinition,
  unitId: string,
  picture: YearPicture,
  territory: Territory,
  missingSectors: Sector[],
): IndicatorFigure {
  const { year, baseYear } = picture;
  const answering = indicator.sectors.flatMap((sector) => {
    const growth = picture.sectors.get(sector)?.growth;
    return growth ? [{ sector, growth }] : [];
  });
  const tallies = answering.map(({ sector, growth }) => {
    const tally = { ...EMPTY, unplaced: institutionsBetween(growth, unitId, territory) };
    for (const row of rowsInside(growth, unitId, territory)) {
      tally.denominator += row.base;
      tally.numerator += row.current;
      tally.reported += row.institutions;
      tally.demonstration ||= row.demonstration;
    }
    return { sector, tally };
  });
  const frame = {
    code: indicator.code,
    unitId,
    year,
    missingSectors,
    ruling: null,
    applicable: true,
    shares: tallies.map(({ sector, tally }) => ({
      sector,
      numerator: baseYear === null ? null : tally.numerator,
      denominator: baseYear === null ? null : tally.denominator,
      reported: tally.reported,
    })),
  };
  if (missingSectors.length > 0) return { ...frame, ...nothing };
  const { numerator, denominator, reported, unplaced, demonstration } = total(
    tallies.map(({ tally }) => tally),
  );
  if (baseYear === null) return { ...frame, ...nothing, reported, unplaced, demonstration };
  const years = year - baseYear;
  const grown = years > 0 && denominator > 0 && reported > 0;
  return {
    ...frame,
    ...nothing,
    value: grown ? ratePerCent((numerator / denominator) ** (1 / years) - 1) : null,
    numerator,
    denominator,
    reported,
    unplaced,
    baseYear,
    arithmeticMean: async () =>
      arithmeticMean(await picture.yearly(), indicator.sectors, unitId, baseYear, year, territory),
    demonstration,
  };
}

/** The mean of the yearly rates since the base year; null when a year has nobody to compare, or began from nothing. */
function arithmeticMean(
  yearlyBySector: ReadonlyMap<Sector, ByPlace<YearlySum>>,
  sectors: readonly Sector[],
  unitId: string,
  baseYear: number,
  year: number,
  territory: Territory,
): number | null {
  const sums = new Map<number, { before: number; current: number }>();
  for (const sector of sectors) {
    for (const row of rowsInside(yearlyBySector.get(sector)!, unitId, territory)) {
      const sum = sums.get(row.year) ?? { before: 0, current: 0 };
      sums.set(row.year, { before: sum.before + row.before, current: sum.current + row.current });
    }
  }
  let rates = 0;
  for (let each = baseYear + 1; each <= year; each += 1) {
    const sum = sums.get(each);
    if (!sum || sum.before === 0) return null;
    rates += sum.current / sum.before - 1;
  }
  return year > baseYear ? ratePerCent(rates / (year - baseYear)) : null;
}

const nothing = {
  value: null,
  numerator: null,
  denominator: null,
  reported: null,
  unplaced: null,
  lowerBound: null,
  upperBound: null,
  baseYear: null,
  arithmeticMean: () => Promise.resolve(null),
  demonstration: null,
};

function total(tallies: Tally[]): Tally {
  return tallies.reduce((sum, tally) => ({
    numerator: sum.numerator + tally.numerator,
    denominator: sum.denominator + tally.denominator,
    reported: sum.reported + tally.reported,
    unplaced: sum.unplaced + tally.unplaced,
    demonstration: sum.demonstration || tally.demonstration,
  }));
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole;
}

/** Roots are inexact in their last digits; without rounding, a growth of just 10 % could fall short of 10. */
function ratePerCent(rate: number): number {
  return Math.round(rate * 1e11) / 1e9;
}
