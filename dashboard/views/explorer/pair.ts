import type { ComparedFigure, ComparedUnit } from "../../comparison/compared-unit";
import type { IndicatorStatus } from "../../generated/unit-comparison";

/** A unit by two figures: of two indicators, or of one in two years. */
export interface Pair {
  unit: ComparedUnit;
  x: ComparedFigure | undefined;
  y: ComparedFigure | undefined;
}

/** Which pairs are wanted, by how each of the two stands against its milestone. */
export const PAIR_FILTERS = {
  "x-dat-y-cham": ["MET", "BEHIND"],
  "x-cham-y-dat": ["BEHIND", "MET"],
  "ca-hai-dat": ["MET", "MET"],
  "ca-hai-cham": ["BEHIND", "BEHIND"],
} as const satisfies Record<string, readonly [IndicatorStatus, IndicatorStatus]>;

export type PairFilter = keyof typeof PAIR_FILTERS;

export const PAIR_FILTER_NAMES = Object.keys(PAIR_FILTERS) as PairFilter[];

export const pairFilterIn = (word: string | undefined): PairFilter | undefined =>
  PAIR_FILTER_NAMES.find((name) => name === word);

export function isWanted({ x, y }: Pair, filter: PairFilter | undefined): boolean {
  if (filter === undefined) return true;
  const [xStatus, yStatus] = PAIR_FILTERS[filter];
  return x?.assessment?.status === xStatus && y?.assessment?.status === yStatus;
}

/** The same units by a figure of each list; both lists are of one era, so they hold the same units. */
export function pairsOf(
  xUnits: readonly ComparedUnit[],
  xCode: string,
  yUnits: readonly ComparedUnit[],
  yCode: string,
): Pair[] {
  const others = new Map(yUnits.map((unit) => [unit.id, unit]));
  return xUnits.map((unit) => ({
    unit,
    x: unit.figures.get(xCode),
    y: others.get(unit.id)?.figures.get(yCode),
  }));
}
