import { manyByKey, oneByKey } from "../../foundation/keyed-loader";
import type { IndicatorRepository } from "./indicator.repository";

export function createIndicatorLoaders(indicators: IndicatorRepository) {
  return {
    indicatorByCode: oneByKey(
      (codes) => indicators.withCodes(codes),
      ({ code }) => code,
    ),
    milestonesByIndicator: manyByKey(
      (codes) => indicators.milestonesOf(codes),
      ({ indicatorCode }) => indicatorCode,
    ),
    responsibilitiesByIndicator: manyByKey(
      (codes) => indicators.responsibilitiesFor(codes),
      ({ indicatorCode }) => indicatorCode,
    ),
  };
}
