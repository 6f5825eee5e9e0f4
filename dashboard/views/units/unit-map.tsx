import { useLocation } from "preact-iso/router";
import { useEffect, useState } from "preact/hooks";
import type { ComparedUnit } from "../../comparison/compared-unit";
import { ERAS, type Era } from "../../comparison/era";
import { levelOf } from "../../comparison/level";
import type { IndicatorKind } from "../../generated/unit-comparison";
import { percent } from "../../language/format";
import { useHref } from "../../link";
import { outlines, type Outline, type UnitCollection } from "./outlines";
import { unitsTexts } from "./units.messages";

/**
 * The operator's map, its units shaded by their values; nothing where none was supplied or it draws none of the units. The
 * table says the same to whoever does not see it.
 */
export function UnitMap({
  units,
  indicator,
  kind,
  era,
}: {
  units: readonly ComparedUnit[];
  indicator: string;
  kind: IndicatorKind;
  era: Era;
}) {
  const texts = unitsTexts();
  const { route } = useLocation();
  const hrefOf = useHref();
  const drawn = useOutlines();
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  if (!drawn?.shapes.some(({ code }) => byCode.has(code))) return null;
  return (
    <section aria-labelledby="map">
      <h2 id="map">{texts.map}</h2>
      <svg class="map" viewBox={drawn.viewBox} role="img" aria-label={texts.mapLabel(indicator)}>
        {drawn.shapes.map(({ code, path }) => {
          const unit = byCode.get(code);
          const value = unit?.figures.get(indicator)?.value;
          return (
            <path
              key={code}
              d={path}
              class={levelOf(value, kind)}
              onClick={() => unit && route(hrefOf(`/don-vi/${code}`, { ngay: ERAS[era].asOf }))}
            >
              <title>{`${unit?.name ?? code}: ${percent(value)}`}</title>
            </path>
          );
        })}
      </svg>
    </section>
  );
}

function useOutlines(): { viewBox: string; shapes: Outline[] } | undefined {
  const [drawn, setDrawn] = useState<ReturnType<typeof outlines>>();
  useEffect(() => {
    const controller = new AbortController();
    fetch("/map.geojson", { signal: controller.signal })
      .then(async (answer) => {
        if (answer.status === 200) setDrawn(outlines((await answer.json()) as UnitCollection));
      })
      // Without the map the cartogram is there.
      .catch(() => undefined);
    return () => controller.abort();
  }, []);
  return drawn;
}
