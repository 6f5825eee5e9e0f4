import { useEffect, useRef } from "preact/hooks";
import { count } from "../../language/format";
import { language } from "../../language/language";
import { explorerTexts } from "./explorer.messages";
import type { Pair } from "./pair";

/** Units as points by two figures. The table says the same; the charting library comes after it. */
export function Scatter({
  pairs,
  names,
}: {
  pairs: readonly Pair[];
  names: { x: string; y: string };
}) {
  const place = useRef<HTMLDivElement>(null);
  const texts = explorerTexts();
  const spoken = language.value;
  const drawn = pairs.filter(({ x, y }) => x?.value != null && y?.value != null);
  const lacking = pairs.length - drawn.length;
  useEffect(() => {
    let isGone = false;
    void import("./draw-scatter").then(({ drawScatter }) => {
      const { current } = place;
      if (!isGone) current?.replaceChildren(drawScatter(drawn, names, current.clientWidth));
    });
    return () => {
      isGone = true;
    };
  }, [pairs, names.x, names.y, spoken]);
  return (
    <section aria-labelledby="scatter">
      <h2 id="scatter">{texts.chart}</h2>
      <div
        ref={place}
        class="chart scatter"
        role="img"
        aria-label={texts.chartLabel(names.x, names.y, count(drawn.length))}
      />
      <p class="quiet">
        {texts.signs} {texts.milestones}
      </p>
      {lacking > 0 && <p class="quiet">{texts.missing(count(lacking))}</p>}
    </section>
  );
}
