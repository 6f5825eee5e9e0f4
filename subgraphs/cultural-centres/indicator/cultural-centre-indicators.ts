import type { IndicatorDefinition } from "../../foundation/indicator/indicator-value";

/** C1 and C2, the plan's section I.2.3; each pools two levels. */
export const culturalCentreIndicators: IndicatorDefinition[] = [
  {
    code: "C1",
    measure: "SHARE",
    sectors: ["CULTURE"],
    condition: "creative",
    kinds: () => ["PROVINCIAL", "DISTRICT"],
  },
  {
    code: "C2",
    measure: "SHARE",
    sectors: ["CULTURE"],
    condition: "activities",
    kinds: () => ["COMMUNE", "VILLAGE"],
  },
];
