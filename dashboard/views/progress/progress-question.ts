import type { Address } from "../../address";
import type { UnitProgressQueryVariables } from "../../generated/unit-progress";

/** The plan's own territory. */
export const PROVINCE = "12";

/** Where its answer holds the year's figures. */
export const FIGURE_LISTS = [
  "administrativeUnit.libraryIndicators",
  "administrativeUnit.museumIndicators",
  "administrativeUnit.culturalCentreIndicators",
];

/** What is asked of a unit: its figures, and who answered for them at the year's end. */
export const progressQuestion = (
  code: string,
  { year, basis, day }: Address,
): UnitProgressQueryVariables => ({
  code,
  ...(day !== undefined && { asOf: day }),
  year,
  basis,
  answerableOn: `${year}-12-31`,
});
