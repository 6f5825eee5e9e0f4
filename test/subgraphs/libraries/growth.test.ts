import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest } from "../../testkit/institutions";
import { auditor } from "../../testkit/viewers";
import { COUNTS, figureOf, PROVINCE } from "../../testkit/library-figures";

describe("AdministrativeUnit.libraryIndicators, growth (L7)", () => {
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

  const KINDS = {
    CULTURE: "COMMUNE_PUBLIC",
    EDUCATION: "GENERAL_EDUCATION",
    ARMED_FORCES: "ARMED_FORCES",
  };
  const visits = (
    byYear: Record<number, number | null>,
    sector: keyof typeof KINDS = "CULTURE",
  ) => ({
    sector,
    kind: KINDS[sector],
    reports: Object.entries(byYear).map(([year, learningVisits]) => ({
      year: Number(year),
      learningVisits,
    })),
  });
  const FIELDS = `${COUNTS} baseYear arithmeticMean lowerBound upperBound`;

  it("is geometric from the first year with data, over those who reported in both years", async () => {
    await libraries.given(
      visits({ 2022: 100, 2023: 150, 2024: 121 }),
      visits({ 2022: 100, 2023: 50, 2024: 121 }, "EDUCATION"),
      visits({ 2022: 900 }),
      visits({ 2024: 900 }),
    );

    expect(await figure("L7", PROVINCE, 2024, FIELDS)).toEqual({
      value: 10,
      numerator: 242,
      denominator: 200,
      reported: 2,
      baseYear: 2022,
      // 2023: 200 of 200, 0 %; 2024: 242 of 200, 21 %.
      arithmeticMean: 10.5,
      lowerBound: null,
      upperBound: null,
    });
  });

  it("has no rate in the base year, and no base before there are data", async () => {
    await libraries.given(visits({ 2023: 80 }));

    expect(await figure("L7", PROVINCE, 2023, FIELDS)).toMatchObject({
      value: null,
      numerator: 80,
      denominator: 80,
      reported: 1,
      baseYear: 2023,
      arithmeticMean: null,
    });
    expect(await figure("L7", PROVINCE, 2022, FIELDS)).toMatchObject({
      value: null,
      numerator: null,
      denominator: null,
      reported: 0,
      baseYear: null,
    });
  });

  it("begins with the first year of those whose reports anybody may read, whoever asks", async () => {
    const asked = `{ _entities(representations: [{ __typename: "AdministrativeUnit", id: "unit:03389" }]) {
      ... on AdministrativeUnit { libraryIndicators(year: 2024, codes: ["L7"]) { baseYear numerator denominator } } } }`;
    const told = async (by?: typeof auditor) =>
      (await libraries.ask(asked, {}, by)).data!._entities[0].libraryIndicators[0];

    await libraries.given(visits({ 2022: 7, 2023: 10, 2024: 11 }, "ARMED_FORCES"));
    const noneBesides = { anybody: await told(), auditor: await told(auditor) };
    await libraries.given({ ...visits({ 2023: 100, 2024: 110 }), unitId: "unit:03388" });
    const besides = { anybody: await told(), auditor: await told(auditor) };

    const nothing = { baseYear: null, numerator: null, denominator: null };
    expect(noneBesides).toMatchObject({ anybody: { baseYear: null }, auditor: nothing });
    expect(besides.auditor).toEqual({ baseYear: 2023, numerator: 11, denominator: 10 });
    expect(await figure("L7", "unit:03388", 2024, "baseYear")).toEqual({ baseYear: 2023 });
  });

  it("has no rate from nothing", async () => {
    await libraries.given(visits({ 2022: 0, 2023: 50 }));

    expect(await figure("L7", PROVINCE, 2023, FIELDS)).toMatchObject({
      value: null,
      numerator: 50,
      denominator: 0,
      reported: 1,
      arithmeticMean: null,
    });
  });

  it("keeps the arithmetic mean silent when a year in between has nobody to compare", async () => {
    await libraries.given(visits({ 2022: 100, 2024: 144 }));

    expect(await figure("L7", PROVINCE, 2024, FIELDS)).toMatchObject({
      value: 20,
      arithmeticMean: null,
    });
  });

  it("is in no doubt about a target that is just reached", async () => {
    await libraries.given(visits({ 2022: 1000, 2023: 1100, 2024: 1210, 2025: 1331 }));

    expect((await figure("L7", PROVINCE, 2025, "value")).value).toBe(10);
  });
});
