import type { Sector } from "../sector";
import type { Territory } from "../territory/territory";
import type { YearlySum } from "./figure.repository";
import type { IndicatorDefinition, IndicatorFigure } from "./indicator-value";
import {
  EMPTY,
  institutionsBetween,
  missingFrom,
  nothing,
  ratePerCent,
  rowsInside,
  total,
} from "./tally";
import type { ByPlace, YearPicture } from "./year-picture";

/** The average yearly growth since the base year, over institutions that reported in both years. */
export function growthFigure(
  indicator: IndicatorDefinition,
  unitId: string,
  picture: YearPicture,
  territory: Territory,
): IndicatorFigure {
  const missingSectors = missingFrom(picture, indicator);
  const { year, baseYear, isBaseKnown } = picture;
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
    basis: picture.basis,
    missingSectors,
    ruling: null,
    applicable: true,
    shares: tallies.map(({ sector, tally }) => ({
      sector,
      numerator: isBaseKnown && baseYear !== null ? tally.numerator : null,
      denominator: isBaseKnown && baseYear !== null ? tally.denominator : null,
      reported: isBaseKnown ? tally.reported : null,
      suppressed: false,
    })),
  };
  if (missingSectors.length > 0)
    return { ...frame, ...nothing, baseYear: isBaseKnown ? baseYear : null };
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
