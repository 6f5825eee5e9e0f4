import { dot, plot, ruleX, ruleY } from "@observablehq/plot";
import type { ComparedFigure } from "../../comparison/compared-unit";
import type { IndicatorStatus } from "../../generated/unit-comparison";
import { percent } from "../../language/format";
import { withoutStyle } from "../../parts/chart";
import type { Pair } from "./pair";

const INK = "#0b4f6c";
const WAY = "#a3311c";
const SYMBOLS: Readonly<Record<string, "circle" | "diamond" | "triangle" | "square">> = {
  "MET MET": "circle",
  "MET BEHIND": "diamond",
  "BEHIND MET": "triangle",
};

const symbolOf = ({ x, y }: Pair) =>
  SYMBOLS[`${statusOf(x)} ${statusOf(y)}`] ?? ("square" as const);

const statusOf = (figure: ComparedFigure | undefined): IndicatorStatus =>
  figure?.assessment?.status ?? "NO_DATA";

/** Of the province; undefined where no figure knows it. */
const milestoneOf = (figures: readonly (ComparedFigure | undefined)[]): number[] => {
  const known = figures.find((figure) => figure?.assessment?.target?.minimum != null);
  const minimum = known?.assessment?.target?.minimum;
  return minimum == null ? [] : [minimum];
};

const WIDEST = 640;

/** Draws pairs that have both values as SVG, `names` along its sides, at most as wide as there is room. */
export function drawScatter(
  pairs: readonly Pair[],
  names: { x: string; y: string },
  room: number,
): SVGElement | HTMLElement {
  const xMilestone = milestoneOf(pairs.map(({ x }) => x));
  const yMilestone = milestoneOf(pairs.map(({ y }) => y));
  const drawn = plot({
    width: Math.min(room, WIDEST),
    height: Math.min(room, WIDEST) * 0.7,
    marginLeft: 60,
    marginBottom: 44,
    grid: true,
    x: { label: names.x, tickFormat: (value: number) => percent(value), nice: true, zero: true },
    y: { label: names.y, tickFormat: (value: number) => percent(value), nice: true, zero: true },
    marks: [
      ruleX(xMilestone, { stroke: WAY, strokeDasharray: "4,3" }),
      ruleY(yMilestone, { stroke: WAY, strokeDasharray: "4,3" }),
      dot(pairs, {
        x: ({ x }: Pair) => x?.value,
        y: ({ y }: Pair) => y?.value,
        symbol: symbolOf,
        stroke: INK,
        fill: INK,
        fillOpacity: 0.35,
        r: 5,
        title: ({ unit, x, y }: Pair) => `${unit.name}: ${percent(x?.value)}; ${percent(y?.value)}`,
      }),
    ],
    symbol: { domain: ["circle", "diamond", "triangle", "square"], type: "identity" as never },
  });
  return withoutStyle(drawn);
}
