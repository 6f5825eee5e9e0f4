import type { ReportBasis } from "../institution/institution-sql";
import type { Sector } from "../sector";
import type { Territory } from "../territory/territory";
import type { StoredRuling } from "./figure.repository";
import { growthFigure } from "./growth-figure";
import { shareFigure } from "./share-figure";
import { isSuppressed } from "./suppression";
import { growthWithout, without } from "./withheld-figure";
import type { YearPicture } from "./year-picture";

/** How one indicator of the plan is counted. */
export type IndicatorDefinition =
  | {
      code: string;
      measure: "SHARE";
      sectors: readonly Sector[];
      condition: string;
      /** The kinds whose institutions are the denominator; the plan's wording may change with the milestone. */
      kinds: (year: number) => readonly string[];
    }
  | {
      code: string;
      measure: "GROWTH";
      sectors: readonly Sector[];
      /** The one year whose sums everybody is told where some of the counted are protected; left out, none is. */
      sumsToldOf?: number;
    };

/** The figures of `IndicatorValue` in schema/common, which says what each of them and its null means. */
export interface IndicatorFigure {
  code: string;
  unitId: string;
  year: number;
  basis: ReportBasis;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  reported: number | null;
  unplaced: number | null;
  lowerBound: number | null;
  upperBound: number | null;
  baseYear: number | null;
  /** Read only when a caller asks for it. */
  arithmeticMean: () => Promise<number | null>;
  shares: SectorPart[];
  missingSectors: Sector[];
  ruling: StoredRuling | null;
  /** Whether figures are withheld from this caller, because they would show what a protected institution answered. */
  suppressed: boolean;
  /** False when there is nothing to judge: the class is retired, or no institution of it is there. */
  applicable: boolean;
  demonstration: boolean | null;
}

/** A figure, with the picture from which it was drawn. */
export interface DrawnFigure extends IndicatorFigure {
  picture: YearPicture;
}

export interface SectorPart {
  sector: Sector;
  numerator: number | null;
  denominator: number | null;
  reported: number | null;
  suppressed: boolean;
}

/**
 * Draws one indicator of one unit from the year's picture: counts add over sectors and places, rates are recomputed.
 * @param hidden owners whose single institutions the caller may not see: what would show their answers is withheld.
 */
export function indicatorFigure(
  indicator: IndicatorDefinition,
  unitId: string,
  picture: YearPicture,
  territory: Territory,
  hidden: readonly Sector[] = [],
): IndicatorFigure {
  const figure =
    indicator.measure === "SHARE"
      ? shareFigure(indicator, unitId, picture, territory)
      : growthFigure(indicator, unitId, picture, territory);
  const withheld = hidden.filter(
    (sector) =>
      indicator.sectors.includes(sector) &&
      isSuppressed(indicator, sector, unitId, picture, territory),
  );
  if (withheld.length > 0) return without(withheld, figure);
  return indicator.measure === "GROWTH" ? growthWithout(hidden, indicator, figure) : figure;
}
