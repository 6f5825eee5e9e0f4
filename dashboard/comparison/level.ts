import type { IndicatorKind } from "../generated/unit-comparison";

/** Lower bounds of the shades, in per cent; what is below the first has shade 0. */
const STEPS: Readonly<Record<IndicatorKind, readonly number[]>> = {
  YES_NO: [25, 50, 75, 90],
  SHARE: [25, 50, 75, 90],
  GROWTH: [0, 5, 10, 20],
};

export const stepsOf = (kind: IndicatorKind): readonly number[] => STEPS[kind];

/** The shade of a value, 0 to 4; `none` where there is no value. The number itself always stands beside it. */
export function levelOf(value: number | null | undefined, kind: IndicatorKind): string {
  if (value == null) return "level-none";
  return `level-${STEPS[kind].filter((step) => value >= step).length}`;
}
