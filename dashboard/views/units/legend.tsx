import { levelOf, stepsOf } from "../../comparison/level";
import type { IndicatorKind } from "../../generated/unit-comparison";
import { percent } from "../../language/format";
import { unitsTexts } from "./units.messages";

/** What the shades mean. */
export function Legend({ kind }: { kind: IndicatorKind }) {
  const texts = unitsTexts();
  const steps = stepsOf(kind);
  const shades = [
    { level: "level-0", text: texts.below(percent(steps[0])) },
    ...steps.map((step) => ({ level: levelOf(step, kind), text: texts.from(percent(step)) })),
    { level: "level-none", text: texts.noValue },
  ];
  return (
    <ul class="legend" aria-label={texts.legend}>
      {shades.map(({ level, text }) => (
        <li key={level}>
          <span class={`swatch ${level}`} aria-hidden="true" /> {text}
        </li>
      ))}
    </ul>
  );
}
