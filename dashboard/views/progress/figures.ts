import type { UnitProgressQuery } from "../../generated/unit-progress";

export type ProgressUnit = NonNullable<UnitProgressQuery["administrativeUnit"]>;
export type ProgressFigure = NonNullable<ProgressUnit["libraryIndicators"]>[number];

/** The value of one year; null: not known. */
export interface Point {
  year: number;
  value: number | null;
}

export interface Progress {
  figure: ProgressFigure;
  /** Every year of the plan. */
  trend: readonly Point[];
}

/** One owner's figures. Undefined: it did not answer. */
export interface FigureGroup {
  subgraph: "libraries" | "museums" | "cultural-centres";
  figures: readonly Progress[] | undefined;
}

const YEARS = [2022, 2023, 2024, 2025, 2026, 2027, 2028, 2029, 2030] as const;

/** The unit's figures by owner, in the plan's order, each with its value in every year. */
export function figureGroups(unit: ProgressUnit): FigureGroup[] {
  const groups = [
    { subgraph: "libraries", field: "libraryIndicators" },
    { subgraph: "museums", field: "museumIndicators" },
    { subgraph: "cultural-centres", field: "culturalCentreIndicators" },
  ] as const;
  return groups.map(({ subgraph, field }) => ({
    subgraph,
    figures: unit[field]?.map((figure) => ({
      figure,
      trend: YEARS.map((year) => ({
        year,
        value:
          unit[`${field}${year}`]?.find(
            ({ indicator }) => indicator !== null && indicator.code === figure.indicator?.code,
          )?.value ?? null,
      })),
    })),
  }));
}

/** What a milestone asks for, in per cent: yes is 100. */
export const asked = (figure: ProgressFigure, minimum: number | null): number | null =>
  minimum ?? (figure.indicator?.kind === "YES_NO" ? 100 : null);

/** The plan's milestones with a number, as points. */
export const milestonesOf = (figure: ProgressFigure): { year: number; value: number }[] =>
  (figure.indicator?.milestones ?? []).flatMap(({ year, minimum }) => {
    const value = asked(figure, minimum);
    return value === null ? [] : [{ year, value }];
  });

/**
 * The way still to go: from the last known value straight to every milestone that is ahead and not reached. Empty: nothing is
 * known, or nothing is left to reach.
 */
export function wayLeft({ figure, trend }: Progress): { year: number; value: number }[] {
  const last = lastKnown(trend);
  if (last === undefined) return [];
  const ahead = milestonesOf(figure).filter(
    ({ year, value }) => year > last.year && value > last.value,
  );
  return ahead.length === 0 ? [] : [last, ...ahead];
}

/** The last year with a value. */
export const lastKnown = (trend: readonly Point[]): { year: number; value: number } | undefined =>
  trend.flatMap(({ year, value }) => (value === null ? [] : [{ year, value }])).at(-1);
