import type { IndicatorDefinition } from "../../foundation/indicator/indicator-value";
import { SECTORS, type Sector } from "../../foundation/sector";

const share = (
  code: string,
  sectors: Sector[],
  kinds: (year: number) => string[],
): IndicatorDefinition => ({
  code,
  measure: "SHARE",
  sectors,
  condition: "learning",
  kinds,
});

/** L1–L7, the plan's section I.2.1. Each share asks only the owners of its classes. */
export const libraryIndicators: IndicatorDefinition[] = [
  share("L1", ["CULTURE"], () => ["PROVINCIAL_PUBLIC"]),
  share("L2", ["CULTURE"], () => ["DISTRICT_PUBLIC"]),
  share("L3", ["CULTURE"], () => ["COMMUNE_PUBLIC"]),
  // Book collections are named in the milestone of 2025 and no longer in that of 2030.
  share("L4", ["CULTURE"], (year) =>
    year <= 2025 ? ["SPECIALISED", "BOOK_COLLECTION"] : ["SPECIALISED"],
  ),
  share("L5", ["ARMED_FORCES"], () => ["ARMED_FORCES"]),
  share("L6", ["EDUCATION", "LABOUR"], () => [
    "GENERAL_EDUCATION",
    "VOCATIONAL_EDUCATION",
    "OTHER_EDUCATION",
  ]),
  // The plan's first milestone is the year of which the sums are everybody's.
  { code: "L7", measure: "GROWTH", sectors: SECTORS, sumsToldOf: 2025 },
];
