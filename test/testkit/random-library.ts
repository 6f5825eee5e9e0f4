import fc from "fast-check";
import type { Given } from "./institutions";

const KINDS = {
  CULTURE: [
    "PROVINCIAL_PUBLIC",
    "DISTRICT_PUBLIC",
    "COMMUNE_PUBLIC",
    "SPECIALISED",
    "BOOK_COLLECTION",
    "COMMUNITY",
  ],
  EDUCATION: ["GENERAL_EDUCATION", "OTHER_EDUCATION"],
  ARMED_FORCES: ["ARMED_FORCES"],
  LABOUR: ["VOCATIONAL_EDUCATION"],
} as const;

const report = fc.record({
  year: fc.integer({ min: 2022, max: 2026 }),
  state: fc.constantFrom("APPROVED", "APPROVED", "SUBMITTED", "DRAFT", "RETURNED"),
  providesLifelongLearning: fc.option(fc.boolean()),
  learningVisits: fc.option(fc.integer({ min: 0, max: 500 })),
});

/** Days on which years and eras meet, where counting goes wrong first. */
const OPENINGS = [
  "2022-12-31",
  "2023-01-01",
  "2024-06-01",
  "2025-07-01",
  "2025-12-31",
  "2026-01-01",
];
const CLOSINGS = ["2024-12-31", "2025-06-30", "2025-07-01", "2025-12-31", "2026-01-01"];

/** A library with a history; `placeIds` are the units that its owner may know it by. */
export const randomLibrary = (placeIds: readonly string[]): fc.Arbitrary<Given> =>
  fc
    .record({
      sector: fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])),
      kindAt: fc.nat(),
      reclassifiedOn: fc.option(
        fc.constantFrom("2023-01-01", "2025-06-30", "2025-07-01", "2025-10-01"),
        { freq: 4 },
      ),
      places: fc.tuple(fc.constantFrom(...placeIds), fc.constantFrom(...placeIds)),
      movedOn: fc.option(fc.constantFrom("2022-12-31", "2024-05-01", "2025-12-31"), { freq: 4 }),
      openedOn: fc.option(fc.constantFrom(...OPENINGS)),
      closedOn: fc.option(fc.constantFrom(...CLOSINGS), { freq: 4 }),
      /** Whether the last intervals were ended with the library, or left open. */
      endsWhole: fc.boolean(),
      reports: fc.array(report, { maxLength: 6 }),
    })
    .map(({ sector, kindAt, places, openedOn, endsWhole, reports, ...days }) => {
      const closedOn =
        days.closedOn !== null && (openedOn ?? "") < days.closedOn ? days.closedOn : null;
      const lives = (day: string | null) =>
        closedOn === null || (day ?? "") < closedOn ? day : null;
      const reclassifiedOn = lives(days.reclassifiedOn);
      const movedOn = lives(days.movedOn);
      const untilOn = endsWhole ? closedOn : null;
      const kinds = KINDS[sector];
      const kind = kinds[kindAt % kinds.length]!;
      const next = kinds[(kindAt + 1) % kinds.length]!;
      const revisions = new Map<number, number>();
      return {
        sector,
        openedOn,
        closedOn,
        kinds: reclassifiedOn
          ? [
              { kind, fromOn: null, untilOn: reclassifiedOn },
              { kind: next, fromOn: reclassifiedOn, untilOn },
            ]
          : [{ kind, fromOn: null, untilOn }],
        placements: movedOn
          ? [
              { unitId: places[0], fromOn: null, untilOn: movedOn },
              { unitId: places[1], fromOn: movedOn, untilOn },
            ]
          : [{ unitId: places[0], fromOn: null, untilOn }],
        reports: reports.map((each) => {
          const revision = (revisions.get(each.year) ?? 0) + 1;
          revisions.set(each.year, revision);
          return { ...each, revision };
        }),
      };
    });
