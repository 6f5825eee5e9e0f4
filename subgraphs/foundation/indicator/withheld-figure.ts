import type { Sector } from "../sector";
import type { IndicatorDefinition, IndicatorFigure } from "./indicator-value";
import { nothing } from "./tally";

/**
 * So many visits of others must stand in a rate before it is told: rounded to a tenth of one per cent it then hides some
 * twenty visits of whoever else is in it.
 */
const VISITS_TO_HIDE_AMONG = 20_000;

/** The figure as somebody sees it who may not know these sectors' parts: nothing of it from which they could be had. */
export function without(withheld: readonly Sector[], figure: IndicatorFigure): IndicatorFigure {
  const { code, unitId, year, basis, missingSectors, ruling, applicable } = figure;
  return {
    code,
    unitId,
    year,
    basis,
    missingSectors,
    ruling,
    applicable,
    ...nothing,
    suppressed: true,
    shares: sharesWithout(withheld, figure),
  };
}

/**
 * Growth as somebody sees it who may not know these sectors' parts. Visits of the base year stand in the figures of every
 * year, of whoever reported in that year too: the sums of two years differ by those of the few who reported in one of them
 * only. So sums are told of one year alone; of every other the rate, rounded, and nothing where the others' visits are too few
 * for rounding to hide anything.
 */
export function growthWithout(
  hidden: readonly Sector[],
  { sumsToldOf }: IndicatorDefinition & { measure: "GROWTH" },
  figure: IndicatorFigure,
): IndicatorFigure {
  const counted = figure.shares.filter(
    ({ sector, reported }) => hidden.includes(sector) && reported !== null && reported > 0,
  );
  if (counted.length === 0) return figure;
  const arithmeticMean = async () => rounded(await figure.arithmeticMean());
  if (figure.year === sumsToldOf) return { ...figure, arithmeticMean };
  const withheld = counted.map(({ sector }) => sector);
  const others = figure.shares
    .filter(({ sector }) => !withheld.includes(sector))
    .reduce((sum, { numerator }) => sum + (numerator ?? 0), 0);
  if (figure.value === null || others < VISITS_TO_HIDE_AMONG) return without(withheld, figure);
  return {
    ...figure,
    value: rounded(figure.value),
    numerator: null,
    denominator: null,
    reported: null,
    unplaced: null,
    arithmeticMean,
    shares: sharesWithout(withheld, figure),
  };
}

function sharesWithout(withheld: readonly Sector[], { shares }: IndicatorFigure) {
  return shares.map((share) =>
    withheld.includes(share.sector)
      ? {
          sector: share.sector,
          numerator: null,
          denominator: null,
          reported: null,
          suppressed: true,
        }
      : share,
  );
}

const rounded = (rate: number | null) => (rate === null ? null : Math.round(rate * 10) / 10);
