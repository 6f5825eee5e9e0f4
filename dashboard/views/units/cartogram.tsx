import { shortName, type ComparedUnit } from "../../comparison/compared-unit";
import { levelOf } from "../../comparison/level";
import type { IndicatorKind } from "../../generated/unit-comparison";
import { percent } from "../../language/format";
import { Link } from "../../link";
import { ERAS, type Era } from "../../comparison/era";
import { unitsTexts } from "./units.messages";

/**
 * A tile for each unit, together with those of the same old district, shaded by its value, which it also tells. It is no map:
 * all tiles are of one size.
 */
export function Cartogram({
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
  return (
    <section aria-labelledby="cartogram">
      <h2 id="cartogram">{texts.cartogram}</h2>
      <p class="quiet">{texts.cartogramHelp}</p>
      <div class="districts">
        {[...byDistrict(units)].map(([name, within]) => (
          <section key={name} class="district">
            {name !== "" && <h3>{name}</h3>}
            <ul class="tiles">
              {within.map(({ id, code, name: unit, figures }) => (
                <li key={id}>
                  <Link
                    to={`/don-vi/${code}`}
                    words={{ ngay: ERAS[era].asOf }}
                    class={`tile ${levelOf(figures.get(indicator)?.value, kind)}`}
                  >
                    <span class="tile-name">{shortName(unit)}</span>
                    <span class="tile-value">{percent(figures.get(indicator)?.value)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

function byDistrict(units: readonly ComparedUnit[]): Map<string, ComparedUnit[]> {
  const groups = new Map<string, ComparedUnit[]>();
  for (const unit of units) {
    const name = unit.district?.name ?? "";
    groups.set(name, [...(groups.get(name) ?? []), unit]);
  }
  return groups;
}
