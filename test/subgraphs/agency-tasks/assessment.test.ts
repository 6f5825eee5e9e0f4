import { type AgencyTasks, startAgencyTasks } from "../../testkit/agency-tasks";

let agencyTasks: AgencyTasks;

beforeAll(async () => {
  agencyTasks = await startAgencyTasks();
});
afterAll(() => agencyTasks.stop());

const province = "unit:12";
const figure = (indicatorCode: string, year: number, value: number | null, more: object = {}) => ({
  ...{ __typename: "Assessment", indicatorCode, unitId: province, year, value, applicable: true },
  ...more,
});

describe("Assessment", () => {
  const judged = async (...figures: object[]) => {
    const { data, errors } = await agencyTasks.askEntities(
      figures,
      "... on Assessment { indicatorCode year value target { year minimum maximum } gap status }",
    );
    expect(errors).toBeUndefined();
    return data._entities.map(
      (each: any) =>
        each &&
        [each.indicatorCode, each.year, each.value, each.target?.year, each.gap, each.status].join(
          " ",
        ),
    );
  };

  it("judges all indicators of the plan in a constant number of statements", async () => {
    expect(
      await judged(
        figure("L1", 2025, 100),
        figure("L2", 2025, 55.55555555555556),
        figure("L3", 2025, 20),
        figure("L4", 2026, 92),
        figure("L5", 2026, 82),
        figure("L6", 2025, null),
        figure("L7", 2025, 9.5),
        figure("M1", 2025, 100),
        figure("M2", 2027, 12),
        figure("C1", 2024, 53),
        figure("C2", 2024, 47),
      ),
    ).toEqual([
      "L1 2025 100 2025 0 MET",
      "L2 2025 55.55555555555556 2025 -4.444444444 BEHIND",
      "L3 2025 20 2025 0 MET",
      "L4 2026 92 2030 -8 ON_TRACK",
      "L5 2026 82 2030 -18 BEHIND",
      "L6 2025  2025  NO_DATA",
      "L7 2025 9.5 2025 -0.5 BEHIND",
      "M1 2025 100 2025 30 MET",
      "M2 2027 12 2030 2 MET",
      "C1 2024 53 2025 -27 BEHIND",
      "C2 2024 47 2025 -23 ON_TRACK",
    ]);
    expect(agencyTasks.statements).toHaveLength(4);
  });

  it("takes a figure without `applicable` as applicable, and believes one that says it is not", async () => {
    const { applicable: _applicable, ...shorterKey } = figure("L3", 2025, 25);

    expect(await judged(shorterKey, figure("L2", 2026, null, { applicable: false }))).toEqual([
      "L3 2025 25 2025 5 MET",
      "L2 2026  2030  NOT_APPLICABLE",
    ]);
  });

  it("gives the key back, and marks every other unit than the province as a reference", async () => {
    const { data } = await agencyTasks.askEntities(
      [figure("L3", 2025, 25), figure("L3", 2025, 25, { unitId: "unit:105" })],
      "... on Assessment { unitId applicable isReference rule ruleEn }",
    );

    const rules = {
      rule: expect.stringContaining("ĐÚNG TIẾN ĐỘ"),
      ruleEn: expect.stringContaining("from 0 at the end of 2022"),
    };
    expect(data._entities).toEqual([
      { unitId: province, applicable: true, isReference: false, ...rules },
      { unitId: "unit:105", applicable: true, isReference: true, ...rules },
    ]);
  });

  it("states the rule of each kind of indicator", async () => {
    const { data } = await agencyTasks.askEntities(
      ["L1", "L2", "L7"].map((code) => figure(code, 2025, 1)),
      "... on Assessment { ruleEn }",
    );

    const [yesNo, share, growth] = data._entities.map(({ ruleEn }: any) => ruleEn);
    expect(yesNo).toContain("Yes is 100");
    expect(share).toContain("straight line");
    expect(growth).toContain("a yearly rate has no path");
  });

  it("is null for an indicator or a unit that is not known", async () => {
    expect(
      await judged(figure("X1", 2025, 1), figure("L1", 2025, 1, { unitId: "unit:99" })),
    ).toEqual([null, null]);
  });
});
