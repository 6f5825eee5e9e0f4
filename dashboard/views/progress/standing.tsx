import type { IndicatorStatus } from "../../generated/unit-progress";
import { either } from "../../language/language";
import { percent } from "../../language/format";
import { StatusBadge } from "../../parts/status-badge";
import type { FigureGroup } from "./figures";
import { progressTexts } from "./progress.messages";

const WORST_FIRST: readonly IndicatorStatus[] = [
  "BEHIND",
  "ON_TRACK",
  "MET",
  "NO_DATA",
  "NOT_APPLICABLE",
];

/** How many targets stand how, and which: what somebody sees in ten seconds. */
export function Standing({ groups }: { groups: readonly FigureGroup[] }) {
  const texts = progressTexts();
  const figures = groups.flatMap(({ figures }) => figures ?? []).map(({ figure }) => figure);
  const columns = WORST_FIRST.map((status) => ({
    status,
    figures: figures.filter(({ assessment }) => assessment?.status === status),
  })).filter((column) => column.figures.length > 0);
  return (
    <section class="standing" aria-label={texts.standing}>
      {columns.map((column) => (
        <div key={column.status}>
          <h2>
            <span class="tally">{column.figures.length}</span>{" "}
            <StatusBadge status={column.status} />
          </h2>
          <ul class="plain">
            {column.figures.map(({ indicator, value }) => (
              <li key={indicator?.code}>
                <a href={`#${indicator?.code ?? ""}`}>
                  {indicator && either(indicator.name, indicator.nameEn)}
                </a>{" "}
                <span class="number">{percent(value)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
