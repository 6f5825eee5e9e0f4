import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest } from "../../testkit/institutions";
import { BINH_LU, commune } from "../../testkit/library-figures";

describe("AdministrativeUnit.libraryIndicators, with education's database unreachable", () => {
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

  const school = {
    sector: "EDUCATION" as const,
    kind: "GENERAL_EDUCATION",
    reports: [{ year: 2025, providesLifelongLearning: true }],
  };
  const vocational = {
    sector: "LABOUR" as const,
    kind: "VOCATIONAL_EDUCATION",
    reports: [{ year: 2025, providesLifelongLearning: true }],
  };
  const query = `{ _entities(representations: [{ __typename: "AdministrativeUnit", id: "unit:12" }]) {
      ... on AdministrativeUnit { libraryIndicators(year: 2025) {
        indicator { code } value numerator denominator missingSectors shares { sector numerator denominator } } } } }`;
  const byCode = (answer: any, code: string) =>
    answer.data._entities[0].libraryIndicators.find((each: any) => each.indicator.code === code);

  it("L6 has no value, names education and shows labour's part; other classes are whole; it heals by itself", async () => {
    await libraries.given(school, vocational, { ...commune(BINH_LU, true, 2025) });
    await libraries.cut("EDUCATION");

    const broken = await libraries.ask(query).finally(() => libraries.restore("EDUCATION"));
    const healed = await libraries.ask(query);

    expect(byCode(broken, "L6")).toMatchObject({
      value: null,
      numerator: null,
      denominator: null,
      missingSectors: ["EDUCATION"],
      shares: [{ sector: "LABOUR", numerator: 1, denominator: 1 }],
    });
    expect(byCode(broken, "L3")).toMatchObject({
      value: 100,
      numerator: 1,
      denominator: 1,
      missingSectors: [],
    });
    expect(byCode(broken, "L7")).toMatchObject({ value: null, missingSectors: ["EDUCATION"] });
    expect(broken.errors).toMatchObject([
      {
        path: ["_entities", 0, "libraryIndicators"],
        extensions: { code: "SUBGRAPH_UNAVAILABLE", sector: "EDUCATION" },
      },
    ]);
    expect(healed.errors).toBeUndefined();
    expect(byCode(healed, "L6")).toMatchObject({
      value: 100,
      numerator: 2,
      denominator: 2,
      missingSectors: [],
    });
  });

  it("L7 shows the others' parts only where the silent sector cannot have begun before them", async () => {
    const visits = (sector: "CULTURE" | "EDUCATION", base: number) => ({
      sector,
      kind: sector === "CULTURE" ? "COMMUNE_PUBLIC" : "GENERAL_EDUCATION",
      reports: [
        { year: base, learningVisits: 100 },
        { year: 2025, learningVisits: 110 },
      ],
    });
    const asked = query.replace("shares {", "baseYear shares { reported");
    const whenCut = async () => {
      await libraries.cut("EDUCATION");
      const broken = await libraries.ask(asked).finally(() => libraries.restore("EDUCATION"));
      const { baseYear, shares } = byCode(broken, "L7");
      return { baseYear, culture: shares[0] };
    };

    await libraries.given(visits("CULTURE", 2023), visits("EDUCATION", 2022));
    expect(await whenCut()).toEqual({
      baseYear: null,
      culture: { sector: "CULTURE", numerator: null, denominator: null, reported: null },
    });

    await libraries.given(visits("CULTURE", 2022));
    expect(await whenCut()).toEqual({
      baseYear: 2022,
      culture: { sector: "CULTURE", numerator: 110, denominator: 100, reported: 1 },
    });
  });

  it("lists say which sector is missing and leave the total open", async () => {
    await libraries.given(school, vocational);
    await libraries.cut("EDUCATION");

    const broken = await libraries
      .ask("{ libraries { totalCount missingSectors nodes { sector } } }")
      .finally(() => libraries.restore("EDUCATION"));
    const healed = await libraries.ask(
      "{ libraries { totalCount missingSectors nodes { sector } } }",
    );

    expect(broken.data).toEqual({
      libraries: {
        totalCount: null,
        missingSectors: ["EDUCATION"],
        nodes: [{ sector: "LABOUR" }],
      },
    });
    expect(broken.errors?.map(({ path, extensions }) => [path, extensions?.sector])).toEqual([
      [["libraries"], "EDUCATION"],
      [["libraries", "totalCount"], "EDUCATION"],
    ]);
    expect(healed).toEqual({
      data: {
        libraries: {
          totalCount: 2,
          missingSectors: [],
          nodes: [{ sector: "EDUCATION" }, { sector: "LABOUR" }],
        },
      },
    });
  });

  it("L7 knows its base year while the armed forces are silent: theirs is never the first", async () => {
    const visits = (sector: "CULTURE" | "ARMED_FORCES", kind: string, base: number) => ({
      ...{ sector, kind },
      reports: [base, 2025].map((year) => ({ year, learningVisits: year - 1900 })),
    });
    await libraries.given(
      visits("CULTURE", "COMMUNE_PUBLIC", 2023),
      visits("ARMED_FORCES", "ARMED_FORCES", 2022),
    );
    await libraries.cut("ARMED_FORCES");

    const broken = await libraries
      .ask(query.replace("shares {", "baseYear shares { reported"))
      .finally(() => libraries.restore("ARMED_FORCES"));

    expect(byCode(broken, "L7")).toMatchObject({
      value: null,
      numerator: null,
      baseYear: 2023,
      missingSectors: ["ARMED_FORCES"],
    });
    expect(byCode(broken, "L7").shares[0]).toEqual({
      ...{ sector: "CULTURE", numerator: 125, denominator: 123, reported: 1 },
    });
  });
});
