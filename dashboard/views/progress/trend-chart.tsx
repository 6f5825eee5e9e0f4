import { useEffect, useRef } from "preact/hooks";
import { percent } from "../../language/format";
import { language } from "../../language/language";
import { lastKnown, milestonesOf, wayLeft, type Progress } from "./figures";
import { progressTexts } from "./progress.messages";

/**
 * The figure's value in every year, the plan's milestones, and the way still to go. What it shows is told in words too. The
 * charting library comes after the figures are there.
 */
export function TrendChart({ progress, name }: { progress: Progress; name: string }) {
  const place = useRef<HTMLDivElement>(null);
  const texts = progressTexts();
  const spoken = language.value;
  useEffect(() => {
    let isGone = false;
    void import("./draw-trend").then(({ drawTrend }) => {
      if (!isGone) place.current?.replaceChildren(drawTrend(progress));
    });
    return () => {
      isGone = true;
    };
  }, [progress, spoken]);
  const known = progress.trend.filter(({ value }) => value !== null);
  const told = known.map(({ year, value }) => `${year}: ${percent(value)}`).join("; ");
  return (
    <figure class="trend">
      <div ref={place} class="chart" role="img" aria-label={`${texts.trendOf(name)}. ${told}`} />
      <figcaption>{captionOf(progress)}</figcaption>
    </figure>
  );
}

function captionOf(progress: Progress): string {
  const texts = progressTexts();
  const last = lastKnown(progress.trend);
  if (last === undefined) return texts.noTrend;
  const next = wayLeft(progress)[1];
  if (next !== undefined) {
    const perYear = (next.value - last.value) / (next.year - last.year);
    return texts.wayLeft(percent(perYear).replace(/\s*%$/u, ""), percent(next.value), next.year);
  }
  const ahead = milestonesOf(progress.figure).find(({ year }) => year > last.year);
  return ahead === undefined ? texts.wayMissed : texts.wayDone(percent(ahead.value), ahead.year);
}
