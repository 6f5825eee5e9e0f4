import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest } from "../../testkit/institutions";
import {
  BINH_LU,
  CITY,
  commune,
  COUNTS,
  DOAN_KET,
  figureOf,
  LA_NHI_THANG,
  OLD_DOAN_KET,
  PROVINCE,
} from "../../testkit/library-figures";

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

  const figure = figureOf(() => libraries);

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
});
