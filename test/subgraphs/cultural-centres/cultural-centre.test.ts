import { culturalCentresDesign } from "../../../subgraphs/cultural-centres/subgraph";
import { RulingRecord } from "../../../subgraphs/foundation/indicator/ruling.record";
import { InstitutionsUnderTest } from "../../testkit/institutions";

const PROVINCE = "unit:12";

describe("AdministrativeUnit.culturalCentreIndicators", () => {
  let centres: InstitutionsUnderTest;
  beforeAll(async () => {
    centres = await InstitutionsUnderTest.start(culturalCentresDesign, ["CULTURE"]);
  });
  beforeEach(() => centres.clear());
  afterAll(() => centres.stop());

  const COUNTS = "value numerator denominator reported";
  const creative = (kind: string, yes: boolean, more: object = {}) => ({
    kind,
    reports: [{ year: 2025, supportsCreativeActivity: yes }],
    ...more,
  });

  it("C1 pools the provincial centre with the district ones that still operate", async () => {
    await centres.given(
      creative("PROVINCIAL", true),
      creative("DISTRICT", true),
      creative("DISTRICT", false),
      creative("DISTRICT", true, { closedOn: "2025-12-01" }),
      creative("COMMUNE", true),
    );

    const [figures] = await centres.figures([PROVINCE], 2025, `${COUNTS} ruling { basis }`);

    expect(figures!.C1).toEqual({
      value: (100 * 2) / 3,
      numerator: 2,
      denominator: 3,
      reported: 3,
      ruling: { basis: "CARRIED" },
    });
    expect(figures!.C2).toEqual({
      value: null,
      numerator: 0,
      denominator: 1,
      reported: 0,
      ruling: null,
    });
  });

  it("C1 counts a district centre that became the provincial one once, as what it is now", async () => {
    const kinds = [
      { kind: "DISTRICT", fromOn: null, untilOn: "2025-10-01" },
      { kind: "PROVINCIAL", fromOn: "2025-10-01", untilOn: null },
    ];
    await centres.given(
      creative("DISTRICT", false),
      { ...creative("", true), kinds },
      { ...creative("", true), kinds, closedOn: "2025-12-31" },
    );

    const [figures] = await centres.figures(
      [PROVINCE],
      2025,
      `${COUNTS} explanation { counted { nodes { id } } }`,
    );

    expect(figures!.C1).toMatchObject({ value: 50, numerator: 1, denominator: 2, reported: 2 });
    expect(figures!.C1.explanation.counted.nodes).toHaveLength(1);
  });

  it("RETIRED takes the district centres out of C1 and leaves the provincial one", async () => {
    await centres.given(creative("PROVINCIAL", true), creative("DISTRICT", false));
    const culture = centres.databases.get("CULTURE")!;
    await culture.write((manager) =>
      manager.insert(RulingRecord, {
        id: "retired",
        class: "DISTRICT",
        basis: "RETIRED",
        citation: "Quyết định thử nghiệm",
        classEndedOn: "2025-07-01",
        recordedAt: new Date("2026-01-01T00:00:00Z"),
      }),
    );

    const before = await centres.figures([PROVINCE], 2024, COUNTS);
    const after = await centres.figures(
      [PROVINCE],
      2025,
      `${COUNTS} ruling { basis } assessment { applicable }`,
    );
    await culture.write((manager) => manager.delete(RulingRecord, ["retired"]));

    expect(before[0]!.C1.denominator).toBe(2);
    expect(after[0]!.C1).toEqual({
      value: 100,
      numerator: 1,
      denominator: 1,
      reported: 1,
      ruling: { basis: "RETIRED" },
      assessment: { applicable: true },
    });
  });

  it("C2 needs clubs or classes and regular activities, in communes and villages together", async () => {
    const active = (
      kind: string,
      hasClubsOrClasses: boolean | null,
      hasRegularActivities: boolean | null,
    ) => ({
      kind,
      reports: [{ year: 2025, hasClubsOrClasses, hasRegularActivities }],
    });
    await centres.given(
      active("COMMUNE", true, true),
      active("VILLAGE", true, true),
      active("VILLAGE", true, false),
      active("VILLAGE", null, true),
    );

    const [figures] = await centres.figures([PROVINCE], 2025, COUNTS);

    expect(figures!.C2).toEqual({ value: 50, numerator: 2, denominator: 4, reported: 3 });
  });

  it("shows a centre with its kinds and reports", async () => {
    const [id] = await centres.given({
      name: "Nhà văn hóa thôn 1",
      kind: "VILLAGE",
      reports: [
        {
          year: 2025,
          clubs: 1,
          talentClasses: 0,
          interestGroups: null,
          events: 4,
          participants: 90,
        },
      ],
    });

    const answer = await centres.ask(
      `query ($id: ID!) { culturalCentre(id: $id) { kind kinds { kind from until }
        report(year: 2025) { clubs talentClasses interestGroups events participants culturalCentre { name } } }
        culturalCentres(filter: { kind: [VILLAGE] }) { totalCount } }`,
      { id },
    );

    expect(answer).toEqual({
      data: {
        culturalCentre: {
          kind: "VILLAGE",
          kinds: [{ kind: "VILLAGE", from: null, until: null }],
          report: {
            clubs: 1,
            talentClasses: 0,
            interestGroups: null,
            events: 4,
            participants: 90,
            culturalCentre: { name: "Nhà văn hóa thôn 1" },
          },
        },
        culturalCentres: { totalCount: 1 },
      },
    });
  });
});
