import { museumsDesign } from "../../../subgraphs/museums/subgraph";
import { InstitutionsUnderTest } from "../../testkit/institutions";

const PROVINCE = "unit:12";

describe("AdministrativeUnit.museumIndicators", () => {
  let museums: InstitutionsUnderTest;
  beforeAll(async () => {
    museums = await InstitutionsUnderTest.start(museumsDesign, ["CULTURE"]);
  });
  beforeEach(() => museums.clear());
  afterAll(() => museums.stop());

  const museum = (hasEducationProgramme: boolean | null, hasDigitalDisplay: boolean | null) => ({
    reports: [{ year: 2025, hasEducationProgramme, hasDigitalDisplay }],
  });

  it("M1 needs both the programme and the digital display; half an answer is no answer unless it is a no", async () => {
    await museums.given(
      museum(true, true),
      museum(true, false),
      museum(false, null),
      museum(true, null),
      museum(null, null),
    );

    const [figures] = await museums.figures(
      [PROVINCE],
      2025,
      "value numerator denominator reported upperBound",
    );

    expect(figures!.M1).toEqual({
      value: 20,
      numerator: 1,
      denominator: 5,
      reported: 3,
      upperBound: 60,
    });
  });

  it("M2 follows visits for learning alone", async () => {
    await museums.given({
      reports: [
        { year: 2024, visits: 5000, learningVisits: 1000 },
        { year: 2025, visits: 1, learningVisits: 1150 },
      ],
    });

    const [figures] = await museums.figures(
      [PROVINCE],
      2025,
      "value numerator denominator baseYear arithmeticMean shares { sector numerator denominator reported }",
    );

    expect(figures!.M2).toEqual({
      value: 15,
      numerator: 1150,
      denominator: 1000,
      baseYear: 2024,
      arithmeticMean: 15,
      shares: [{ sector: "CULTURE", numerator: 1150, denominator: 1000, reported: 1 }],
    });
  });

  it("shows a museum with its reports, measured as ISO 18461 does", async () => {
    const [id] = await museums.given({
      name: "Bảo tàng thử",
      reports: [
        {
          year: 2025,
          visits: 10,
          learningVisits: 4,
          virtualVisits: 0,
          educationalProgrammes: 2,
          schoolVisits: 3,
          digitisedObjects: null,
        },
      ],
    });

    const answer = await museums.ask(
      `query ($id: ID!) { museum(id: $id) { name sector unit { id } report(year: 2025) {
        visits learningVisits virtualVisits educationalProgrammes schoolVisits digitisedObjects museum { id } } }
        museums(filter: { unit: { code: "12" }, text: "bao tang" }) { totalCount } }`,
      { id },
    );

    expect(answer).toEqual({
      data: {
        museum: {
          name: "Bảo tàng thử",
          sector: "CULTURE",
          unit: { id: "unit:03388:2025-07-01" },
          report: {
            visits: 10,
            learningVisits: 4,
            virtualVisits: 0,
            educationalProgrammes: 2,
            schoolVisits: 3,
            digitisedObjects: null,
            museum: { id },
          },
        },
        museums: { totalCount: 1 },
      },
    });
  });

  it("costs three statements, whatever the number of units", async () => {
    await museums.given(museum(true, true), { reports: [{ year: 2024, learningVisits: 5 }] });

    await museums.figures([PROVINCE, "unit:105", "unit:03412"], 2025, "value");

    // Counts, first year, growth: museums have no kinds and no rulings.
    expect(museums.statements).toHaveLength(3);
  });
});
