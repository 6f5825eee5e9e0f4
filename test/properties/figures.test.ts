import fc from "fast-check";
import { RulingRecord } from "../../subgraphs/foundation/indicator/ruling.record";
import { librariesDesign } from "../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest, territory, type Given } from "../testkit/institutions";
import { randomLibrary as library } from "../testkit/random-library";
import { auditor } from "../testkit/viewers";

const SEED = Number(process.env.FAST_CHECK_SEED ?? 1520);
const RUNS = { seed: SEED, numRuns: 25, endOnFailure: true };

const OLD_COMMUNES = territory.units.filter(
  ({ validUntil, successors }) => validUntil !== null && successors.length > 0,
);
const NEW_COMMUNES = territory.units.filter(({ predecessors }) => predecessors.length > 0);
const DISTRICTS = territory.units.filter(
  ({ type }) => type === "DISTRICT" || type === "PROVINCIAL_CITY",
);
const PROVINCE = "unit:12";

/** Few units, so that random libraries meet in them. */
const OLD_IDS = OLD_COMMUNES.slice(0, 14).map(({ id }) => id);
const NEW_IDS = [
  ...new Set(OLD_COMMUNES.slice(0, 14).map(({ successors }) => successors[0]!.unitId)),
];

const COUNTED = ["numerator", "denominator", "reported"] as const;
const FIELDS = `${COUNTED.join(" ")} unplaced`;

const CODES = librariesDesign.indicators.map(({ code }) => code);
const PAGE = "{ nodes { id revision } }";
/** Everything that a subgraph tells of a figure. */
const WHOLE = `fragment F on IndicatorValue { indicator { code } value ${FIELDS} lowerBound upperBound baseYear
  arithmeticMean suppressed missingSectors demonstration
  shares { sector numerator denominator reported suppressed } ruling { basis citation classEndedOn }
  explanation { counted(first: 100) ${PAGE} notCounted(first: 100) ${PAGE} silent(first: 100) ${PAGE} } }`;
const reference = (id: string) => ({ __typename: "AdministrativeUnit", id });

describe("figures across the reorganisation", () => {
  let libraries: InstitutionsUnderTest;
  beforeAll(async () => {
    libraries = await InstitutionsUnderTest.start(librariesDesign, [
      "CULTURE",
      "EDUCATION",
      "ARMED_FORCES",
      "LABOUR",
    ]);
  });
  afterAll(() => libraries.stop());

  const year = fc.integer({ min: 2022, max: 2030 });
  const basis = fc.constantFrom("APPROVED", "SUBMITTED");

  async function given(all: Given[]): Promise<void> {
    await libraries.clear();
    await libraries.given(...all);
  }

  async function figures(unitIds: readonly string[], of: number, by: string) {
    const answers = await libraries.figures([...unitIds], of, FIELDS, by);
    return new Map(unitIds.map((id, index) => [id, answers[index]!]));
  }

  /** Adds the figures of units, indicator by indicator. */
  function sumOf(units: readonly Record<string, any>[], field: string): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const unit of units) {
      for (const [code, figure] of Object.entries(unit))
        sums[code] = (sums[code] ?? 0) + (figure[field] ?? 0);
    }
    return sums;
  }

  it("a new unit's figure equals that of its predecessors taken together", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(library(OLD_IDS), { maxLength: 25 }),
        year,
        basis,
        async (all, of, by) => {
          await given(all);
          const answers = await figures([...NEW_IDS, ...OLD_COMMUNES.map(({ id }) => id)], of, by);

          for (const id of NEW_IDS) {
            const predecessors = territory
              .unit(id)!
              .predecessors.map(({ unitId }) => answers.get(unitId)!);
            for (const field of [...COUNTED, "unplaced"]) {
              expect(sumOf([answers.get(id)!], field)).toEqual(sumOf(predecessors, field));
            }
          }
        },
      ),
      RUNS,
    );
  }, 120_000);

  it("what a predecessor lacks of the new unit's figure is unplaced for it, and for no other", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(library([...OLD_IDS, ...NEW_IDS]), { maxLength: 25 }),
        year,
        basis,
        async (all, of, by) => {
          await given(all);
          const answers = await figures([...NEW_IDS, ...OLD_COMMUNES.map(({ id }) => id)], of, by);

          for (const id of NEW_IDS) {
            const predecessors = territory
              .unit(id)!
              .predecessors.map(({ unitId }) => answers.get(unitId)!);
            for (const [code, whole] of Object.entries(answers.get(id)!)) {
              // Growth counts visits, and its unplaced institutions; shares count institutions on both sides.
              if (code === "L7") continue;
              const placed = sumOf(predecessors, "denominator")[code]!;
              expect(predecessors.map((each) => placed + each[code].unplaced)).toEqual(
                predecessors.map(() => whole.denominator),
              );
            }
          }
        },
      ),
      RUNS,
    );
  }, 120_000);

  it("a figure asked alone is the figure asked among all, to whoever may know which", async () => {
    const ended = fc.record({
      class: fc.constantFrom("DISTRICT_PUBLIC", "SPECIALISED", "BOOK_COLLECTION"),
      basis: fc.constantFrom("CARRIED", "FROZEN", "RETIRED"),
      classEndedOn: fc.constantFrom("2023-01-01", "2025-07-01"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(library([...OLD_IDS, ...NEW_IDS]), { maxLength: 25 }),
        fc.option(ended),
        year,
        basis,
        fc.constantFrom(auditor, null),
        async (all, ruling, of, by, viewer) => {
          await given(all);
          const culture = libraries.databases.get("CULTURE")!;
          if (ruling)
            await culture.write((manager) =>
              manager.insert(RulingRecord, {
                ...ruling,
                id: "1",
                citation: "Quyết định thử nghiệm",
                recordedAt: new Date("2026-01-01T00:00:00Z"),
              }),
            );
          const alone = CODES.map(
            (code) =>
              `${code}: libraryIndicators(year: $year, basis: $basis, codes: ["${code}"]) { ...F }`,
          );
          const { data, errors } = await libraries.ask(
            `query ($units: [_Any!]!, $year: Int!, $basis: ReportBasis) {
              _entities(representations: $units) { ... on AdministrativeUnit {
                all: libraryIndicators(year: $year, basis: $basis) { ...F } ${alone.join(" ")} } } } ${WHOLE}`,
            { units: [PROVINCE, NEW_IDS[0]!, OLD_IDS[0]!].map(reference), year: of, basis: by },
            viewer,
          );
          await culture.write((manager) => manager.delete(RulingRecord, ["1"]));

          expect(errors).toBeUndefined();
          for (const { all: among, ...each } of data!._entities)
            expect(CODES.flatMap((code) => each[code])).toEqual(among);
        },
      ),
      RUNS,
    );
  }, 240_000);

  it("the province equals the sum of its units, of either era, and of its districts when every place is old", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(library(OLD_IDS), { maxLength: 25 }),
        year,
        basis,
        async (all, of, by) => {
          await given(all);
          const ids = [PROVINCE, ...OLD_COMMUNES, ...NEW_COMMUNES, ...DISTRICTS].map((unit) =>
            typeof unit === "string" ? unit : unit.id,
          );
          const answers = await figures(ids, of, by);
          const of_ = (units: readonly { id: string }[]) => units.map(({ id }) => answers.get(id)!);

          for (const field of COUNTED) {
            const whole = sumOf([answers.get(PROVINCE)!], field);
            for (const era of [OLD_COMMUNES, NEW_COMMUNES, DISTRICTS]) {
              expect(sumOf(of_(era), field)).toEqual(whole);
            }
          }
        },
      ),
      RUNS,
    );
  }, 120_000);

  it("the province equals the sum of its 38 units, whichever era the places are known by", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(library([...OLD_IDS, ...NEW_IDS]), { maxLength: 25 }),
        year,
        basis,
        async (all, of, by) => {
          await given(all);
          const answers = await figures([PROVINCE, ...NEW_COMMUNES.map(({ id }) => id)], of, by);

          for (const field of [...COUNTED, "unplaced"]) {
            expect(
              sumOf(
                NEW_COMMUNES.map(({ id }) => answers.get(id)!),
                field,
              ),
            ).toEqual(sumOf([answers.get(PROVINCE)!], field));
          }
        },
      ),
      RUNS,
    );
  }, 120_000);

  it("the order in which libraries and reports were written does not matter", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(library([...OLD_IDS, ...NEW_IDS]), { maxLength: 15 }),
        year,
        basis,
        async (all, of, by) => {
          const ids = [PROVINCE, ...DISTRICTS.map(({ id }) => id), ...NEW_IDS];
          await given(all);
          const inOrder = await figures(ids, of, by);
          await given(
            [...all].reverse().map((each) => ({ ...each, reports: [...each.reports!].reverse() })),
          );
          const reversed = await figures(ids, of, by);

          expect([...reversed]).toEqual([...inOrder]);
        },
      ),
      RUNS,
    );
  }, 120_000);

  it("page after page equals the whole list, and rows added on the way move nobody who was there", async () => {
    const names = fc.array(fc.constantFrom("An", "Ăn", "Ân", "Bình", "Đông", "Dương", "Ô", "Ở"), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        names,
        names,
        fc.integer({ min: 1, max: 5 }),
        async (before, added, first) => {
          await libraries.clear();
          const there = await libraries.given(...before.map((name) => ({ name })));
          const seen: string[] = [];
          let after: string | null = null;
          for (let page = 0; ; page += 1) {
            const answer = await libraries.ask(
              "query ($first: Int!, $after: String) { libraries(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }",
              { first, after },
            );
            const { nodes, pageInfo } = answer.data!.libraries;
            seen.push(...nodes.map(({ id }: { id: string }) => id));
            if (!pageInfo.hasNextPage) break;
            after = pageInfo.endCursor;
            if (added[page] !== undefined) await libraries.given({ name: added[page] });
          }

          expect(new Set(seen).size).toBe(seen.length);
          expect(seen.filter((id) => there.includes(id)).sort()).toEqual([...there].sort());
        },
      ),
      RUNS,
    );
  }, 120_000);
});
