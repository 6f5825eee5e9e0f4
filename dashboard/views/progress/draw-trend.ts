import { axisX, axisY, dot, line, plot, ruleY } from "@observablehq/plot";
import { percent } from "../../language/format";
import { FIRST_YEAR, LAST_YEAR } from "../../address";
import { withoutStyle } from "../../parts/chart";
import { milestonesOf, wayLeft, type Progress } from "./figures";

const INK = "#0b4f6c";
const WAY = "#a3311c";

/** Draws a trend as SVG. */
export function drawTrend(progress: Progress): SVGElement | HTMLElement {
  const known = progress.trend.flatMap(({ year, value }) =>
    value === null ? [] : [{ year, value }],
  );
  const milestones = milestonesOf(progress.figure);
  const way = wayLeft(progress);
  const most = Math.max(10, ...known.map(({ value }) => value), ...milestones.map((m) => m.value));
  const at = { x: "year", y: "value" } as const;
  const drawn = plot({
    width: 340,
    height: 130,
    marginLeft: 44,
    marginRight: 20,
    marginBottom: 22,
    marginTop: 10,
    x: { domain: [FIRST_YEAR, LAST_YEAR] },
    y: { domain: [Math.min(0, ...known.map(({ value }) => value)), most], nice: true },
    marks: [
      axisX({ ticks: [2022, 2024, 2025, 2026, 2028, 2030], tickFormat: String, label: null }),
      axisY({ ticks: 3, tickFormat: (value: number) => percent(value), label: null }),
      ruleY([0], { stroke: "#c9d3dc" }),
      line(way, { ...at, stroke: WAY, strokeDasharray: "4,3", strokeWidth: 1.5 }),
      dot(milestones, { ...at, symbol: "diamond", stroke: WAY, fill: "#fff", r: 5 }),
      line(known, { ...at, stroke: INK, strokeWidth: 2 }),
      dot(known, {
        ...at,
        fill: INK,
        r: ({ year }: { year: number }) => (year === progress.figure.year ? 4.5 : 2.5),
      }),
    ],
  });
  return withoutStyle(drawn);
}
