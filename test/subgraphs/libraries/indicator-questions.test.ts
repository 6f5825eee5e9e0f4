import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest, territory } from "../../testkit/institutions";
import {
  BINH_LU,
  commune,
  COUNTS,
  figureOf,
  OLD_DOAN_KET,
  PROVINCE,
} from "../../testkit/library-figures";

describe("AdministrativeUnit.libraryIndicators, as it is asked", () => {
  let libraries: InstitutionsUnderTest;
  beforeAll(async () => {
    libraries = await InstitutionsUnderTest.start(librariesDesign, [
      "CULTURE",
      "EDUCATION",
      "ARMED_FORCES",
      "LABOUR",
    ]);
  });
  beforeEach(() => libraries.clear());
  afterAll(() => libraries.stop());

  const figure = figureOf(() => libraries);

  it("marks figures made from demonstration data", async () => {
    await libraries.given(
      { ...commune(BINH_LU, true), demonstration: true },
      commune(OLD_DOAN_KET, true),
    );

    const answers = await libraries.figures(
      [BINH_LU, OLD_DOAN_KET, PROVINCE],
      2024,
      "demonstration",
    );

    expect(answers.map(({ L3 }) => L3.demonstration)).toEqual([true, false, true]);
  });

  it("does not judge where no institution of the class is", async () => {
    const answer = await figure(
      "L1",
      BINH_LU,
      2024,
      "value denominator assessment { indicatorCode unitId year value applicable }",
    );

    expect(answer).toEqual({
      value: null,
      denominator: 0,
      assessment: {
        indicatorCode: "L1",
        unitId: BINH_LU,
        year: 2024,
        value: null,
        applicable: false,
      },
    });
  });

  it("asks no more of the databases than the indicators that are wanted need", async () => {
    await libraries.given(commune(BINH_LU, true), {
      sector: "EDUCATION",
      kind: "GENERAL_EDUCATION",
      reports: [{ year: 2022, learningVisits: 1 }],
    });
    const asked = async (codes: string[] | null) => {
      libraries.statements.length = 0;
      const { data, errors } = await libraries.ask(
        `query ($units: [_Any!]!, $codes: [ID!]) { _entities(representations: $units) { ... on AdministrativeUnit {
          libraryIndicators(year: 2025, codes: $codes) { indicator { code } } } } }`,
        { units: [{ __typename: "AdministrativeUnit", id: PROVINCE }], codes },
      );
      expect(errors).toBeUndefined();
      const sectors = libraries.statements.map(({ sector }) => sector);
      return [
        data!._entities[0].libraryIndicators.map((each: any) => each.indicator.code).join(" "),
        sectors.length,
        [...new Set(sectors)].sort().join(" "),
      ];
    };

    const everybody = "ARMED_FORCES CULTURE EDUCATION LABOUR";
    expect(await asked(null)).toEqual(["L1 L2 L3 L4 L5 L6 L7", 20, everybody]);
    // Of the classes only that of L2 has ended.
    expect(await asked(["L2"])).toEqual(["L2", 3, "CULTURE"]);
    expect(await asked(["L3"])).toEqual(["L3", 2, "CULTURE"]);
    expect(await asked(["L6"])).toEqual(["L6", 4, "EDUCATION LABOUR"]);
    expect(await asked(["L7"])).toEqual(["L7", 16, everybody]);
    expect(await asked(["L5", "L3", "L5"])).toEqual(["L3 L5", 4, "ARMED_FORCES CULTURE"]);
    expect(await asked([])).toEqual(["", 0, ""]);
  });

  it("refuses a code that it does not count, in either language", async () => {
    const refused = await libraries.ask(
      `query ($units: [_Any!]!) { _entities(representations: $units) { ... on AdministrativeUnit {
        libraryIndicators(year: 2024, codes: ["L3", "M1"]) { value } } } }`,
      { units: [{ __typename: "AdministrativeUnit", id: PROVINCE }] },
    );

    expect(refused.data!._entities).toEqual([{ libraryIndicators: null }]);
    expect(refused.errors).toHaveLength(1);
    expect(refused.errors![0]).toMatchObject({
      message: expect.stringMatching(
        /Không có chỉ tiêu M1 ở đây; có: L1, L2, .*There is no indicator M1 here; there are: L1, L2, /u,
      ),
      extensions: { code: "BAD_USER_INPUT" },
    });
    expect(libraries.statements).toHaveLength(0);
  });

  it("costs each sector the same few statements for one unit as for all units of both eras", async () => {
    await libraries.given(commune(BINH_LU, true));
    await libraries.given({
      sector: "EDUCATION",
      kind: "GENERAL_EDUCATION",
      reports: [{ year: 2022, learningVisits: 1 }],
    });
    const counts = () =>
      Object.fromEntries(
        ["CULTURE", "EDUCATION", "ARMED_FORCES", "LABOUR"].map((sector) => [
          sector,
          libraries.statements.filter((statement) => statement.sector === sector).length,
        ]),
      );

    await libraries.figures([PROVINCE], 2025, COUNTS);
    const forOne = counts();
    libraries.statements.length = 0;
    const all = await libraries.figures(
      territory.units.map(({ id }) => id),
      2025,
      COUNTS,
    );

    expect(all).toHaveLength(153);
    expect(counts()).toEqual(forOne);
    // Counts, rulings, the ended class, first year and growth; the arithmetic mean, when asked for, is one more.
    expect(forOne).toEqual({ CULTURE: 5, EDUCATION: 5, ARMED_FORCES: 5, LABOUR: 5 });
    libraries.statements.length = 0;
    await libraries.figures([PROVINCE, BINH_LU], 2025, "arithmeticMean");
    expect(counts()).toEqual({ CULTURE: 6, EDUCATION: 6, ARMED_FORCES: 6, LABOUR: 6 });
  });

  it("refuses a year outside the plan in both languages", async () => {
    const answer = await libraries.ask(
      `{ _entities(representations: [{ __typename: "AdministrativeUnit", id: "unit:12" }]) {
         ... on AdministrativeUnit { libraryIndicators(year: 2031) { year } } } }`,
    );

    expect(answer.data).toEqual({ _entities: [{ libraryIndicators: null }] });
    expect(answer.errors).toMatchObject([
      {
        message:
          "`year` phải từ 2022 đến 2030, đã nhận 2031. / `year` must be between 2022 and 2030; got 2031.",
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
  });
});
