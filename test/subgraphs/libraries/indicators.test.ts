import { RulingRecord } from "../../../subgraphs/foundation/indicator/ruling.record";
import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest, territory } from "../../testkit/institutions";

const PROVINCE = "unit:12";
const CITY = "unit:105"; // thành phố Lai Châu, to 30 June 2025
const DOAN_KET = "unit:03388:2025-07-01"; // straddles the city and Phong Thổ
const OLD_DOAN_KET = "unit:03389";
const LA_NHI_THANG = "unit:03391"; // old Phong Thổ, now part of Đoàn Kết
const BINH_LU = "unit:03412"; // old, in Tam Đường

const COUNTS = "value numerator denominator reported";

describe("AdministrativeUnit.libraryIndicators", () => {
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

  const commune = (unitId: string, provides?: boolean | null, year = 2024) => ({
    kind: "COMMUNE_PUBLIC",
    unitId,
    reports: provides === undefined ? [] : [{ year, providesLifelongLearning: provides }],
  });

  async function figure(
    code: string,
    unitId: string,
    year: number,
    fields: string,
    basis?: string,
  ) {
    const [figures] = await libraries.figures([unitId], year, fields, basis);
    return figures![code];
  }

  it("divides those who said yes by all who operate, and bounds the share by the silent", async () => {
    await libraries.given(
      commune(BINH_LU, true),
      commune(BINH_LU, false),
      commune(BINH_LU, null),
      commune(BINH_LU),
      commune(BINH_LU),
    );

    const answer = await figure(
      "L3",
      PROVINCE,
      2024,
      `${COUNTS} lowerBound upperBound unplaced missingSectors ruling { basis }`,
    );

    expect(answer).toEqual({
      value: 20,
      numerator: 1,
      denominator: 5,
      reported: 2,
      lowerBound: 20,
      upperBound: 80,
      unplaced: 0,
      missingSectors: [],
      ruling: null,
    });
  });

  it("has no value when nobody reported: silence is not a no", async () => {
    await libraries.given(commune(BINH_LU), commune(BINH_LU));

    const answer = await figure("L3", PROVINCE, 2024, `${COUNTS} lowerBound upperBound`);

    expect(answer).toEqual({
      value: null,
      numerator: 0,
      denominator: 2,
      reported: 0,
      lowerBound: 0,
      upperBound: 100,
    });
  });

  it("counts those who operate on 31 December: opened that day yes, closed that day no", async () => {
    await libraries.given(
      { ...commune(BINH_LU, true), openedOn: "2024-12-31" },
      { ...commune(BINH_LU, true), openedOn: "2025-01-01" },
      { ...commune(BINH_LU, true), closedOn: "2024-12-31" },
      { ...commune(BINH_LU, true), closedOn: "2025-01-01" },
    );

    expect(await figure("L3", PROVINCE, 2024, COUNTS)).toEqual({
      value: 100,
      numerator: 2,
      denominator: 2,
      reported: 2,
    });
  });

  it("counts approved reports, and submitted ones only when asked", async () => {
    const report = (state: string) => ({
      kind: "COMMUNE_PUBLIC",
      unitId: BINH_LU,
      reports: [{ year: 2024, state, providesLifelongLearning: true }],
    });
    await libraries.given(
      report("APPROVED"),
      report("SUBMITTED"),
      report("DRAFT"),
      report("RETURNED"),
    );

    expect(await figure("L3", PROVINCE, 2024, COUNTS)).toEqual({
      value: 25,
      numerator: 1,
      denominator: 4,
      reported: 1,
    });
    expect(await figure("L3", PROVINCE, 2024, COUNTS, "SUBMITTED")).toEqual({
      value: 50,
      numerator: 2,
      denominator: 4,
      reported: 2,
    });
  });

  it("goes by the last revision that counts", async () => {
    await libraries.given({
      kind: "COMMUNE_PUBLIC",
      unitId: BINH_LU,
      reports: [
        { year: 2024, revision: 1, providesLifelongLearning: true },
        { year: 2024, revision: 2, providesLifelongLearning: false },
        { year: 2024, revision: 3, state: "SUBMITTED", providesLifelongLearning: true },
        { year: 2024, revision: 4, state: "DRAFT", providesLifelongLearning: false },
      ],
    });

    expect((await figure("L3", PROVINCE, 2024, COUNTS)).numerator).toBe(0);
    expect((await figure("L3", PROVINCE, 2024, COUNTS, "SUBMITTED")).numerator).toBe(1);
  });

  it("answers a unit of either era for any year by its territory", async () => {
    await libraries.given(
      commune(OLD_DOAN_KET, true),
      commune(LA_NHI_THANG, false),
      commune(BINH_LU, true),
    );

    const answers = await libraries.figures(
      [DOAN_KET, CITY, OLD_DOAN_KET, PROVINCE],
      2024,
      "numerator denominator unplaced",
    );

    expect(answers.map(({ L3 }) => L3)).toEqual([
      { numerator: 1, denominator: 2, unplaced: 0 },
      { numerator: 1, denominator: 1, unplaced: 0 },
      { numerator: 1, denominator: 1, unplaced: 0 },
      { numerator: 2, denominator: 3, unplaced: 0 },
    ]);
  });

  it("calls a library known only by a new unit unplaced for the old districts that the unit straddles", async () => {
    await libraries.given(commune(DOAN_KET, true), commune(OLD_DOAN_KET, true));

    const answers = await libraries.figures(
      [CITY, "unit:109", "unit:106", DOAN_KET],
      2024,
      "numerator denominator unplaced",
    );

    expect(answers.map(({ L3 }) => L3)).toEqual([
      { numerator: 1, denominator: 1, unplaced: 1 },
      { numerator: 0, denominator: 0, unplaced: 1 },
      { numerator: 0, denominator: 0, unplaced: 0 },
      { numerator: 2, denominator: 2, unplaced: 0 },
    ]);
  });

  it("counts a library without a place in no unit, and says so", async () => {
    await libraries.given({ ...commune(BINH_LU, true), unitId: null });

    expect(await figure("L3", PROVINCE, 2024, `${COUNTS} unplaced`)).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
      reported: 0,
      unplaced: 1,
    });
  });

  it("follows a library that moved: its place on 31 December counts", async () => {
    await libraries.given({
      kind: "COMMUNE_PUBLIC",
      placements: [
        { unitId: BINH_LU, fromOn: null, untilOn: "2024-05-01" },
        { unitId: OLD_DOAN_KET, fromOn: "2024-05-01", untilOn: null },
      ],
    });

    const in2023 = await libraries.figures([BINH_LU, OLD_DOAN_KET], 2023, "denominator");
    const in2024 = await libraries.figures([BINH_LU, OLD_DOAN_KET], 2024, "denominator");

    expect(in2023.map(({ L3 }) => L3.denominator)).toEqual([1, 0]);
    expect(in2024.map(({ L3 }) => L3.denominator)).toEqual([0, 1]);
  });

  it("counts book collections in L4 to 2025 and no longer from 2026", async () => {
    await libraries.given(
      { kind: "SPECIALISED" },
      { kind: "BOOK_COLLECTION" },
      { kind: "BOOK_COLLECTION" },
    );

    expect((await figure("L4", PROVINCE, 2025, COUNTS)).denominator).toBe(3);
    expect((await figure("L4", PROVINCE, 2026, COUNTS)).denominator).toBe(1);
  });

  it("keeps each class to its own indicator", async () => {
    await libraries.given(
      { kind: "PROVINCIAL_PUBLIC" },
      { kind: "DISTRICT_PUBLIC" },
      { kind: "COMMUNE_PUBLIC" },
      { kind: "SPECIALISED" },
      { kind: "COMMUNITY" },
      { kind: "ARMED_FORCES", sector: "ARMED_FORCES" },
      { kind: "GENERAL_EDUCATION", sector: "EDUCATION" },
      { kind: "OTHER_EDUCATION", sector: "EDUCATION" },
      { kind: "VOCATIONAL_EDUCATION", sector: "LABOUR" },
    );

    const [figures] = await libraries.figures([PROVINCE], 2024, "denominator");

    expect(Object.entries(figures!).map(([code, each]: any) => [code, each.denominator])).toEqual([
      ["L1", 1],
      ["L2", 1],
      ["L3", 1],
      ["L4", 1],
      ["L5", 1],
      ["L6", 3],
      ["L7", null],
    ]);
  });

  it("pools education and labour in L6 and shows each one's part", async () => {
    const school = (sector: "EDUCATION" | "LABOUR", provides: boolean) => ({
      sector,
      kind: sector === "LABOUR" ? "VOCATIONAL_EDUCATION" : "GENERAL_EDUCATION",
      reports: [{ year: 2025, providesLifelongLearning: provides }],
    });
    await libraries.given(
      school("EDUCATION", true),
      school("EDUCATION", true),
      school("EDUCATION", false),
      school("LABOUR", false),
    );

    expect(
      await figure(
        "L6",
        PROVINCE,
        2025,
        `${COUNTS} shares { sector numerator denominator reported }`,
      ),
    ).toEqual({
      value: 50,
      numerator: 2,
      denominator: 4,
      reported: 4,
      shares: [
        { sector: "EDUCATION", numerator: 2, denominator: 3, reported: 3 },
        { sector: "LABOUR", numerator: 0, denominator: 1, reported: 1 },
      ],
    });
  });

  describe("growth (L7)", () => {
    const visits = (
      byYear: Record<number, number | null>,
      sector: "CULTURE" | "EDUCATION" = "CULTURE",
    ) => ({
      sector,
      kind: sector === "CULTURE" ? "COMMUNE_PUBLIC" : "GENERAL_EDUCATION",
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

  describe("a class that has ended (L2)", () => {
    const rule = (basis: string, id: string) =>
      libraries.databases.get("CULTURE")!.write((manager) =>
        manager.insert(RulingRecord, {
          id,
          class: "DISTRICT_PUBLIC",
          basis,
          citation: `Quyết định thử nghiệm ${id}`,
          classEndedOn: "2025-07-01",
          recordedAt: new Date(`2026-01-0${id}T00:00:00Z`),
        }),
      );
    afterEach(() =>
      libraries.databases.get("CULTURE")!.write(async (manager) => {
        await manager.delete(RulingRecord, ["1", "2"]);
      }),
    );

    beforeEach(() =>
      libraries.given(
        {
          kind: "DISTRICT_PUBLIC",
          reports: [
            { year: 2025, providesLifelongLearning: true },
            { year: 2026, providesLifelongLearning: false },
          ],
        },
        {
          kind: "DISTRICT_PUBLIC",
          closedOn: "2025-09-01",
          reports: [{ year: 2025, providesLifelongLearning: true }],
        },
        { kind: "DISTRICT_PUBLIC", closedOn: "2025-06-30" },
        {
          kinds: [
            { kind: "DISTRICT_PUBLIC", fromOn: null, untilOn: "2025-10-01" },
            { kind: "COMMUNE_PUBLIC", fromOn: "2025-10-01", untilOn: null },
          ],
          reports: [{ year: 2026, providesLifelongLearning: true }],
        },
      ),
    );
    const FIELDS = `${COUNTS} ruling { basis classEndedOn }`;

    it("is counted as it stood before the end, with no ruling", async () => {
      expect(await figure("L2", PROVINCE, 2024, FIELDS)).toEqual({
        value: null,
        numerator: 0,
        denominator: 4,
        reported: 0,
        ruling: null,
      });
    });

    it("CARRIED, the default: its members on the last day that still operate, whatever they have become", async () => {
      const ruling = { basis: "CARRIED", classEndedOn: "2025-07-01" };
      expect(await figure("L2", PROVINCE, 2025, FIELDS)).toEqual({
        value: 50,
        numerator: 1,
        denominator: 2,
        reported: 1,
        ruling,
      });
      expect(await figure("L2", PROVINCE, 2026, FIELDS)).toEqual({
        value: 50,
        numerator: 1,
        denominator: 2,
        reported: 2,
        ruling,
      });
    });

    it("CARRIED: nobody who opened after the class had ended, whatever its row calls it", async () => {
      await libraries.given(
        { kind: "DISTRICT_PUBLIC", openedOn: "2025-06-30" },
        { kind: "DISTRICT_PUBLIC", openedOn: "2025-07-01" },
      );

      expect((await figure("L2", PROVINCE, 2026, "denominator")).denominator).toBe(3);
    });

    it("FROZEN: the value of the last day, for ever", async () => {
      await rule("FROZEN", "1");

      const ruling = { basis: "FROZEN", classEndedOn: "2025-07-01" };
      const frozen = { value: (100 * 2) / 3, numerator: 2, denominator: 3, reported: 2, ruling };
      expect(await figure("L2", PROVINCE, 2025, FIELDS)).toEqual(frozen);
      expect(await figure("L2", PROVINCE, 2029, FIELDS)).toEqual(frozen);
    });

    it("RETIRED: does not apply, and the last ruling recorded holds, with its citation", async () => {
      await rule("FROZEN", "1");
      await rule("RETIRED", "2");

      expect(
        await figure(
          "L2",
          PROVINCE,
          2025,
          `${COUNTS} ruling { basis citation } assessment { applicable value }`,
        ),
      ).toEqual({
        value: null,
        numerator: null,
        denominator: null,
        reported: null,
        ruling: { basis: "RETIRED", citation: "Quyết định thử nghiệm 2" },
        assessment: { applicable: false, value: null },
      });
    });
  });

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

  describe("with education's database unreachable", () => {
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
  });
});
