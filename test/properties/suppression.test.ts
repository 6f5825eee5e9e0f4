import fc from "fast-check";
import type { YearPicture } from "../../subgraphs/foundation/indicator/year-picture";
import { indicatorFigure } from "../../subgraphs/foundation/indicator/indicator-value";
import {
  type Answer,
  canLookLike,
  derivable,
  growthOverYears,
  L5,
  L7,
  lookOf,
  otherWorlds,
  picture,
  PLACES,
  publicAnswers,
  somePlaces,
  TERRITORY,
  type Visits,
  worldWithBase,
  YEARS,
} from "../testkit/armed-forces-worlds";
import { territory as laiChau } from "../testkit/institutions";

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

  it("cannot tell that one of them reported before every civil library, from whatever is said of any year", async () => {
    const count = fc.option(fc.nat(400), { freq: 4 });
    const library = fc.tuple(fc.constantFrom(...PLACES), fc.tuple(...YEARS.map(() => count)));
    await fc.assert(
      fc.asyncProperty(
        fc.array(library, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(2023, 2024),
        async (libraries, civilFrom) => {
          const without = libraries.map(
            ([place, own]) =>
              [place, own.map((visits, at) => (YEARS[at]! < civilFrom ? null : visits))] as const,
          );

          expect(await growthOverYears(civilFrom, libraries)).toBe(
            await growthOverYears(civilFrom, without),
          );
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
