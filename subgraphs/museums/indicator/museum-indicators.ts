import type { IndicatorDefinition } from "../../foundation/indicator/indicator-value";

/** M1 and M2, the plan's section I.2.2. */
export const museumIndicators: IndicatorDefinition[] = [
  {
    code: "M1",
    measure: "SHARE",
    sectors: ["CULTURE"],
    condition: "programme",
    kinds: () => ["ALL"],
  },
  { code: "M2", measure: "GROWTH", sectors: ["CULTURE"] },
];
