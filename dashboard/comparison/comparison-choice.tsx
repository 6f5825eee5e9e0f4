import { useLocation } from "preact-iso/router";
import { withWords } from "../address";
import type { UnitComparisonQuery } from "../generated/unit-comparison";
import { either } from "../language/language";
import { comparisonTexts } from "./comparison.messages";
import { ERA_NAMES, ERAS, eraOf } from "./era";

/** Which units are compared: today's, or those of before the reorganisation. It stands in the address. */
export function EraChoice() {
  const { url, query, route } = useLocation();
  const texts = comparisonTexts();
  const chosen = eraOf(query.thoi);
  return (
    <label>
      {texts.units}{" "}
      <select
        value={chosen}
        onChange={({ currentTarget }) => {
          const era = ERA_NAMES.find((name) => name === currentTarget.value)!;
          route(withWords(url, { thoi: ERAS[era].word }));
        }}
      >
        {ERA_NAMES.map((era) => (
          <option key={era} value={era}>
            {texts.era[era]}
          </option>
        ))}
      </select>
    </label>
  );
}

type PlanIndicators = NonNullable<UnitComparisonQuery["indicators"]>;

/** One of the plan's indicators, under the word of the address that holds its code. */
export function IndicatorChoice({
  label,
  word,
  chosen,
  indicators,
}: {
  label: string;
  word: string;
  chosen: string;
  indicators: PlanIndicators;
}) {
  const { url, route } = useLocation();
  return (
    <label>
      {label}{" "}
      <select
        value={chosen}
        onChange={({ currentTarget }) => route(withWords(url, { [word]: currentTarget.value }))}
      >
        {indicators.map(({ code, name, nameEn }) => (
          <option key={code} value={code}>
            {`${code} · ${either(name, nameEn)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The code that the address names, if it is one of the plan's. */
export const indicatorIn = (
  indicators: PlanIndicators,
  named: string | undefined,
  preset: string,
): string => indicators.find(({ code }) => code === named)?.code ?? preset;
