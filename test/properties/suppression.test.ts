import fc from "fast-check";
import {
  indicatorFigure,
  type IndicatorDefinition,
} from "../../subgraphs/foundation/indicator/indicator-value";
import type { YearPicture } from "../../subgraphs/foundation/indicator/year-picture";
import type { ReferenceUnit } from "../../subgraphs/foundation/territory/reference-file";
import { Territory } from "../../subgraphs/foundation/territory/territory";
import { territory as laiChau } from "../testkit/institutions";

const L5: IndicatorDefinition = {
  code: "L5",
  measure: "SHARE",
  sectors: ["ARMED_FORCES"],
  condition: "learning",
  kinds: () => ["ARMED_FORCES"],
};
const L7: IndicatorDefinition = {
  code: "L7",
  measure: "GROWTH",
  sectors: ["CULTURE", "ARMED_FORCES"],
  sumsToldOf: 2025,
};

/**
 * Two districts with two communes each until mid-2025; then two communes, of which one took a commune of either district:
 * the eras' units lie across each other, as six of Lai Châu's do.
 */
const TERRITORY = new Territory(
  [
    ["p", "PROVINCE", null, null, null, []],
    ["d1", "DISTRICT", "p", null, "2025-07-01", []],
    ["d2", "DISTRICT", "p", null, "2025-07-01", []],
    ["a", "COMMUNE", "d1", null, "2025-07-01", ["x"]],
    ["b", "COMMUNE", "d1", null, "2025-07-01", ["y"]],
    ["c", "COMMUNE", "d2", null, "2025-07-01", ["y"]],
    ["d", "COMMUNE", "d2", null, "2025-07-01", ["z"]],
    ["x", "COMMUNE", "p", "2025-07-01", null, []],
    ["y", "COMMUNE", "p", "2025-07-01", null, []],
    ["z", "COMMUNE", "p", "2025-07-01", null, []],
  ].map(([id, type, parentId, validFrom, validUntil, successors], index) => ({
    id,
    code: id,
    name: id,
    nameEn: null,
    type,
    parentId,
    validFrom,
    validUntil,
    variants: [],
    successors: (successors as string[]).map((unitId) => ({
      unitId,
      on: "2025-07-01",
      instrument: "",
    })),
    predecessors: [
      ["x", ["a"]],
      ["y", ["b", "c"]],
      ["z", ["d"]],
    ]
      .filter(([heir]) => heir === id)
      .flatMap(([, from]) => from as string[])
      .map((unitId) => ({ unitId, on: "2025-07-01", instrument: "" })),
    line: index + 2,
  })) as ReferenceUnit[],
);
const PLACES = ["a", "b", "c", "d", "x", "y", "z"];

type Answer = "YES" | "NO" | "SILENT";
type Visits = readonly [base: number | null, current: number | null];

const byPlace = <Row extends { unitId: string }>(rows: Row[]) => {
  const places = new Map<string | null, Row[]>();
  for (const row of rows) places.set(row.unitId, [...(places.get(row.unitId) ?? []), row]);
  return places;
};

/** What the armed forces' database says when its libraries stand in these places and answered so. */
function picture(
  places: readonly string[],
  answers: readonly Answer[],
  visits: readonly Visits[],
  { year = 2025, civilVisits = 10 } = {},
): YearPicture {
  const counts = places.map((unitId, index) => ({
    unitId,
    kind: "ARMED_FORCES",
    institutions: 1,
    demonstration: false,
    answers: {
      learning: {
        answered: answers[index] === "SILENT" ? 0 : 1,
        yes: answers[index] === "YES" ? 1 : 0,
      },
    },
  }));
  const growth = places.flatMap((unitId, index) => {
    const [base, current] = visits[index]!;
    if (base === null || current === null) return [];
    return [{ unitId, institutions: 1, demonstration: false, base, current }];
  });
  const civil = PLACES.map((unitId) => ({
    unitId,
    institutions: 1,
    demonstration: false,
    base: civilVisits,
    current: civilVisits + 1,
  }));
  return {
    year,
    basis: "APPROVED",
    baseYear: 2022,
    sectors: new Map([
      ["CULTURE", { live: new Map(), ended: new Map(), growth: byPlace(civil) }],
      [
        "ARMED_FORCES",
        {
          live: new Map([["ARMED_FORCES", byPlace(counts)]]),
          ended: new Map(),
          growth: byPlace(growth),
        },
      ],
    ]),
    faults: new Map(),
    yearly: async () => new Map(),
  };
}

/** Everything that anybody may ask about an indicator, for every unit of either era. */
function publicAnswers(indicator: IndicatorDefinition, year: YearPicture, territory = TERRITORY) {
  return territory.units.map(({ id }) =>
    indicatorFigure(indicator, id, year, territory, ["ARMED_FORCES"]),
  );
}

/** All ways of filling so many places with the values. */
function* worlds<Value>(values: readonly Value[], length: number): Generator<Value[]> {
  if (length === 0) return yield [];
  for (const rest of worlds(values, length - 1)) for (const value of values) yield [value, ...rest];
}

/** Worlds that look the same to the public, in which some library gave one and the same answer: it could be derived. */
function derivable<Value>(
  values: readonly Value[],
  count: number,
  look: (world: Value[]) => string,
): { world: Value[]; library: number }[] {
  const alike = new Map<string, Value[][]>();
  for (const world of worlds(values, count)) {
    const seen = look(world);
    alike.set(seen, [...(alike.get(seen) ?? []), world]);
  }
  return [...alike.values()].flatMap((group) =>
    group[0]!.flatMap((_, library) => {
      const answers = new Set(group.map((world) => JSON.stringify(world[library])));
      return answers.size === 1 ? [{ world: group[0]!, library }] : [];
    }),
  );
}

/** Worlds in which one library's visits are others: changed alone, swapped with another's, or one visit passed on. */
function otherWorlds(visits: readonly Visits[], library: number): Visits[][] {
  const [base, current] = visits[library]!;
  const more = (by: number): Visits => [(base ?? 0) + by, (current ?? 0) + by];
  return [
    visits.with(library, more(1)),
    visits.with(library, [null, null]),
    ...visits.flatMap((own, other) => {
      const swapped = visits.with(library, own).with(other, [base, current]);
      const [theirBase, theirCurrent] = own;
      if (base === null || current === null || theirBase === null || theirCurrent === null)
        return [swapped];
      const passed = (by: number) =>
        visits.with(library, [base + by, current]).with(other, [theirBase - by, theirCurrent]);
      return [swapped, ...(theirBase > 0 ? [passed(1)] : []), ...(base > 0 ? [passed(-1)] : [])];
    }),
  ];
}

const YEARS = [2022, 2023, 2024, 2025];

/** One library's visits of each of `YEARS`; null: not reported. */
type History = readonly (number | null)[];

/** What the province's growth of a year looks like, however the libraries are spread: they all stand in one commune. */
function lookOf(year: number, libraries: readonly History[]): string {
  const at = YEARS.indexOf(year);
  const visits = libraries.map((own): Visits => [own[0] ?? null, own[at] ?? null]);
  const places = libraries.map(() => "a");
  const silent = places.map((): Answer => "SILENT");
  const told = picture(places, silent, visits, { year, civilVisits: 3000 });
  return JSON.stringify(indicatorFigure(L7, "p", told, TERRITORY, ["ARMED_FORCES"]));
}

/** One library has other visits of the base year; where the sums are told, another of those that are in them makes up for it. */
function worldWithBase(
  libraries: readonly History[],
  library: number,
  by: number,
): History[] | null {
  const world = libraries.map((own) => [...own]);
  const change = (at: number, more: number) => (world[at]![0] = world[at]![0]! + more);
  if (change(library, by) < 0) return null;
  if (libraries[library]![3] == null) return world;
  const isTold = libraries.filter((own) => own[0] != null && own[3] != null).length >= 3;
  if (!isTold) return world;
  const makesUp = libraries.findIndex(
    (own, at) => at !== library && own[0] != null && own[3] != null && own[0] >= by,
  );
  if (makesUp === -1) return null;
  change(makesUp, -by);
  return world;
}

/** Whether the year's answer can be the one that was seen, when one of the counted has a few more or fewer visits in that year. */
function canLookLike(seen: string, year: number, world: readonly History[]): boolean {
  const at = YEARS.indexOf(year);
  const counted = world.findIndex((own) => own[0] != null && own[at] != null);
  const tries = counted === -1 ? [0] : [0, 10, -10, 20, -20, 40, -40];
  return tries.some((more) => {
    const tried = world.map((own, index) =>
      index === counted ? own.with(at, Math.max(0, own[at]! + more)) : own,
    );
    return lookOf(year, tried) === seen;
  });
}

const somePlaces = (most: number) =>
  fc.array(fc.constantFrom(...PLACES), { minLength: 1, maxLength: most });

describe("Whoever may not see the armed forces' libraries", () => {
  it("cannot derive from any figures whether one of them serves lifelong learning, or reported", () => {
    fc.assert(
      fc.property(somePlaces(6), (places) => {
        const none = places.map((): Visits => [null, null]);
        const found = derivable<Answer>(["YES", "NO", "SILENT"], places.length, (answers) =>
          JSON.stringify(publicAnswers(L5, picture(places, answers, none))),
        );
        expect(found).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("cannot derive the visits of any of them from pooled growth, knowing every civil library's", () => {
    const count = fc.option(fc.nat(40), { freq: 4 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...PLACES), count, count), {
          minLength: 1,
          maxLength: 9,
        }),
        (libraries) => {
          const places = libraries.map(([place]) => place);
          const visits = libraries.map(([, base, current]): Visits => [base, current]);
          const silent = places.map((): Answer => "SILENT");
          const look = (world: Visits[]) =>
            JSON.stringify(publicAnswers(L7, picture(places, silent, world)));
          const seen = look(visits);
          for (const [library, own] of visits.entries()) {
            const other = otherWorlds(visits, library).some(
              (world) =>
                JSON.stringify(world[library]) !== JSON.stringify(own) && look(world) === seen,
            );
            expect({ library, visits, other }).toEqual({ library, visits, other: true });
          }
        },
      ),
    );
  });

  it("cannot derive a year's visits of any of them by laying the figures of several years over each other", () => {
    const count = fc.option(fc.nat(400), { freq: 4 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(...YEARS.map(() => count)), { minLength: 3, maxLength: 9 }),
        (libraries) => {
          const seen = YEARS.slice(1).map((year) => lookOf(year, libraries));
          for (const [library, own] of libraries.entries()) {
            if (own[0] == null) continue;
            const other = [1, -1, 7, -7].some((by) => {
              const world = worldWithBase(libraries, library, by);
              return (
                world !== null &&
                YEARS.slice(1).every((year, at) => canLookLike(seen[at]!, year, world))
              );
            });
            expect({ library, libraries, other }).toEqual({ library, libraries, other: true });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("reads growth of other years rounded, and its sums of one year only", () => {
    const places = ["a", "b", "c", "d"];
    const silent = places.map((): Answer => "SILENT");
    const visits = places.map((): Visits => [100, 150]);
    const province = (year: number, civilVisits: number) =>
      publicAnswers(L7, picture(places, silent, visits, { year, civilVisits })).find(
        ({ unitId }) => unitId === "p",
      );

    // Of 21 000 and 400 visits in the base year to 21 007 and 600: 0.967 % in three years, or in two.
    expect(province(2025, 3000)).toMatchObject({
      value: 0.321395847,
      numerator: 21_607,
      denominator: 21_400,
      reported: 11,
      suppressed: false,
    });
    expect(province(2024, 3000)).toMatchObject({
      value: 0.5,
      numerator: null,
      denominator: null,
      reported: null,
      suppressed: false,
      shares: [
        { sector: "CULTURE", numerator: 21_007, denominator: 21_000, suppressed: false },
        { sector: "ARMED_FORCES", numerator: null, denominator: null, suppressed: true },
      ],
    });
    // Among fewer visits rounding would hide nothing.
    expect(province(2024, 30)).toMatchObject({ value: null, suppressed: true });
    // The base year has no rate; its sums would be those of the base year itself.
    expect(province(2022, 3000)).toMatchObject({ value: null, numerator: null, suppressed: true });
  });

  it("never reads a figure that is not the true one", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...PLACES), fc.constantFrom("YES", "NO", "SILENT")), {
          maxLength: 17,
        }),
        (libraries) => {
          const year = picture(
            libraries.map(([place]) => place),
            libraries.map(([, answer]) => answer),
            libraries.map(() => [3, 4]),
          );
          for (const indicator of [L5, L7]) {
            for (const shown of publicAnswers(indicator, year)) {
              const whole = indicatorFigure(indicator, shown.unitId, year, TERRITORY);
              if (!shown.suppressed)
                expect({ ...shown, arithmeticMean: null }).toEqual({
                  ...whole,
                  arithmeticMean: null,
                });
              else
                expect([shown.value, shown.numerator, shown.reported]).toEqual([null, null, null]);
            }
          }
        },
      ),
    );
  });

  it("still reads the figure of the whole, and of parts that are large enough on both sides", () => {
    const places = ["a", "a", "b", "c", "d", "d", "d"];
    const answers: Answer[] = ["YES", "NO", "SILENT", "NO", "YES", "NO", "YES"];
    const year = picture(
      places,
      answers,
      places.map(() => [5, 6]),
    );

    const shown = publicAnswers(L5, year).filter(({ suppressed }) => !suppressed);
    const growth = publicAnswers(L7, year).filter(({ suppressed }) => !suppressed);

    expect(
      Object.fromEntries(
        shown.map(({ unitId, numerator, denominator }) => [unitId, [numerator, denominator]]),
      ),
    ).toEqual({ p: [3, 7], d1: [1, 3], d2: [2, 4] });
    expect(growth.map(({ unitId, numerator }) => [unitId, numerator])).toEqual([["p", 7 * 6 + 77]]);
  });

  it("reads no sum that fewer than three of them made", () => {
    const places = ["a", "b", "c", "d"];
    const silent = places.map((): Answer => "SILENT");
    const two = picture(places, silent, [
      [5, 6],
      [7, 8],
      [null, 3],
      [null, null],
    ]);
    const three = picture(places, silent, [
      [5, 6],
      [7, 8],
      [1, 3],
      [null, null],
    ]);
    const province = (year: YearPicture) =>
      publicAnswers(L7, year).find(({ unitId }) => unitId === "p")!;

    expect(province(two)).toMatchObject({ suppressed: true, numerator: null });
    expect(province(three)).toMatchObject({ suppressed: false, numerator: 17 + 77 });
  });

  it("reads no submitted figure: the difference would tell who waits for approval", () => {
    const places = ["a", "a", "d", "d"];
    const year = picture(
      places,
      ["YES", "NO", "YES", "SILENT"],
      places.map(() => [1, 1]),
    );

    const shown = publicAnswers(L5, { ...year, basis: "SUBMITTED" });

    expect(shown.filter(({ suppressed }) => !suppressed).map(({ unitId }) => unitId)).toEqual([
      "b",
      "c",
      "y",
    ]);
  });

  it("loses nothing where no such library stands", () => {
    const year = picture([], [], []);

    expect(publicAnswers(L7, year, laiChau).some(({ suppressed }) => suppressed)).toBe(false);
  });
});
