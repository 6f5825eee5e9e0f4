import type { Sector } from "../sector";
import type { Territory } from "../territory/territory";
import type { IndicatorDefinition } from "./indicator-value";
import type { ByPlace, YearPicture } from "./year-picture";

/** What is counted of one sector, or of several together, in one unit. */
export interface Tally {
  numerator: number;
  denominator: number;
  reported: number;
  unplaced: number;
  demonstration: boolean;
}

export const EMPTY: Readonly<Tally> = {
  numerator: 0,
  denominator: 0,
  reported: 0,
  unplaced: 0,
  demonstration: false,
};

/** Sectors of the indicator of which the picture says nothing. */
export function missingFrom(picture: YearPicture, { sectors }: IndicatorDefinition): Sector[] {
  return sectors.filter((sector) => !picture.sectors.has(sector));
}

/** Rows placed in the unit's territory. */
export function* rowsInside<Row>(
  rows: ByPlace<Row>,
  unitId: string,
  territory: Territory,
): Iterable<Row> {
  for (const place of territory.territoryOf(unitId).inside) yield* rows.get(place) ?? [];
}

/** How many institutions may stand in the unit or beside it: their place straddles its border, or is unknown. */
export function institutionsBetween(
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

/** A figure of which nothing can be told. */
export const nothing = {
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
  suppressed: false,
};

export function total(tallies: Tally[]): Tally {
  return tallies.reduce((sum, tally) => ({
    numerator: sum.numerator + tally.numerator,
    denominator: sum.denominator + tally.denominator,
    reported: sum.reported + tally.reported,
    unplaced: sum.unplaced + tally.unplaced,
    demonstration: sum.demonstration || tally.demonstration,
  }));
}

export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole;
}

/** Roots are inexact in their last digits; without rounding, a growth of just 10 % could fall short of 10. */
export function ratePerCent(rate: number): number {
  return Math.round(rate * 1e11) / 1e9;
}
