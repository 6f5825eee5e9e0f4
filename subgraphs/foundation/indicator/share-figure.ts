import type { Territory } from "../territory/territory";
import type { ClassCount } from "./figure.repository";
import type { IndicatorDefinition, IndicatorFigure } from "./indicator-value";
import {
  EMPTY,
  institutionsBetween,
  missingFrom,
  nothing,
  percent,
  rowsInside,
  total,
  type Tally,
} from "./tally";
import type { ByPlace, SectorPicture, YearPicture } from "./year-picture";

/** A share over every institution of the classes, whether or not it reported. */
export function shareFigure(
  indicator: IndicatorDefinition & { measure: "SHARE" },
  unitId: string,
  picture: YearPicture,
  territory: Territory,
): IndicatorFigure {
  const missingSectors = missingFrom(picture, indicator);
  const kinds = indicator.kinds(picture.year);
  const answering = indicator.sectors.flatMap((sector) => {
    const sectorPicture = picture.sectors.get(sector);
    return sectorPicture ? [{ sector, sectorPicture }] : [];
  });
  const ruling =
    answering
      .flatMap(({ sectorPicture }) =>
        kinds.flatMap((kind) => sectorPicture.ended.get(kind)?.ruling ?? []),
      )
      .at(0) ?? null;
  const retired = kinds.every((kind) =>
    answering.some(
      ({ sectorPicture }) => sectorPicture.ended.get(kind)?.ruling.basis === "RETIRED",
    ),
  );
  const tallies = answering.map(({ sector, sectorPicture }) => ({
    sector,
    tally: total(
      kinds.map((kind) =>
        shareTally(membersOf(kind, sectorPicture), indicator.condition, unitId, territory),
      ),
    ),
  }));
  const { year, basis } = picture;
  const frame = { code: indicator.code, unitId, year, basis, missingSectors, ruling };
  if (retired) {
    return {
      ...frame,
      ...nothing,
      applicable: false,
      shares: tallies.map(({ sector }) => ({
        sector,
        numerator: null,
        denominator: null,
        reported: null,
        suppressed: false,
      })),
    };
  }
  const shares = tallies.map(({ sector, tally: { numerator, denominator, reported } }) => ({
    sector,
    numerator,
    denominator,
    reported,
    suppressed: false,
  }));
  if (missingSectors.length > 0) return { ...frame, ...nothing, applicable: true, shares };
  const { numerator, denominator, reported, unplaced, demonstration } = total(
    tallies.map(({ tally }) => tally),
  );
  return {
    ...frame,
    ...nothing,
    value: reported === 0 ? null : percent(numerator, denominator),
    numerator,
    denominator,
    reported,
    unplaced,
    lowerBound: percent(numerator, denominator),
    upperBound: percent(numerator + denominator - reported, denominator),
    shares,
    applicable: denominator + unplaced > 0,
    demonstration,
  };
}

/** A class that has ended is counted by its ruling; what still bears its kind afterwards is not a member any more. */
export function membersOf(
  kind: string,
  { live, ended }: SectorPicture,
): ByPlace<ClassCount> | undefined {
  return ended.get(kind)?.counts ?? live.get(kind);
}

function shareTally(
  counts: ByPlace<ClassCount> | undefined,
  condition: string,
  unitId: string,
  territory: Territory,
): Tally {
  const tally = { ...EMPTY };
  if (!counts) return tally;
  for (const { institutions, demonstration, answers } of rowsInside(counts, unitId, territory)) {
    tally.denominator += institutions;
    tally.reported += answers[condition]!.answered;
    tally.numerator += answers[condition]!.yes;
    tally.demonstration ||= demonstration;
  }
  tally.unplaced = institutionsBetween(counts, unitId, territory);
  return tally;
}
