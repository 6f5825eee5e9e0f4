import { RulingRecord } from "../../../subgraphs/foundation/indicator/ruling.record";
import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest } from "../../testkit/institutions";
import { COUNTS, figureOf, PROVINCE } from "../../testkit/library-figures";

describe("AdministrativeUnit.libraryIndicators, a class that has ended (L2)", () => {
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
