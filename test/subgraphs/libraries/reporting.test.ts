import fc from "fast-check";
import { SECTORS } from "../../../subgraphs/foundation/sector";
import { librariesDesign } from "../../../subgraphs/libraries/subgraph";
import { InstitutionsUnderTest } from "../../testkit/institutions";
import { auditor } from "../../testkit/viewers";

let libraries: InstitutionsUnderTest;
beforeAll(async () => {
  libraries = await InstitutionsUnderTest.start(librariesDesign, [...SECTORS]);
});
afterEach(() => libraries.clear());
afterAll(() => libraries.stop());

const COUNTS = "sector expected received approved onTime overdue dueOn suppressed";
const sent = (day: string) => ({ submittedAt: new Date(`${day}T10:00:00+07:00`) });

describe("libraryReporting", () => {
  it("counts who owes a report for the year, and how far they have come", async () => {
    await libraries.given(
      { reports: [{ year: 2025, ...sent("2026-01-31") }] },
      { reports: [{ year: 2025, state: "SUBMITTED", ...sent("2026-02-01") }] },
      { reports: [{ year: 2025, state: "DRAFT" }] },
      { closedOn: "2025-01-01" },
      { openedOn: "2026-01-01" },
      { closedOn: "2025-06-01" },
    );

    const { data } = await libraries.ask(`{ libraryReporting(year: 2025) { ${COUNTS} } }`);

    expect(data!.libraryReporting[0]).toEqual({
      sector: "CULTURE",
      expected: 4,
      received: 2,
      approved: 1,
      onTime: 1,
      overdue: 2,
      dueOn: "2026-01-31",
      suppressed: false,
    });
  });

  it("has nothing overdue before the due day has passed", async () => {
    await libraries.given({});

    const { data } = await libraries.ask(`{ libraryReporting(year: 2026) { sector overdue } }`);

    expect(data!.libraryReporting[0]).toEqual({ sector: "CULTURE", overdue: 0 });
  });

  it("is told by unit of either era and by agency, in one statement for each sector", async () => {
    await libraries.given(
      { unitId: "unit:03389", managingAgencyId: "agency:so-vhttdl" },
      { unitId: "unit:03394", managingAgencyId: "agency:so-vhttdl" },
      { unitId: "unit:03592", managingAgencyId: "agency:so-gddt" },
    );
    const entities = [
      { __typename: "AdministrativeUnit", id: "unit:03394:2025-07-01" },
      { __typename: "AdministrativeUnit", id: "unit:03394" },
      { __typename: "AdministrativeUnit", id: "unit:12" },
      { __typename: "Agency", id: "agency:so-vhttdl" },
    ];

    const { data } = await libraries.ask(
      `query ($of: [_Any!]!) { _entities(representations: $of) {
        ... on AdministrativeUnit { libraryReporting(year: 2025) { sector expected } }
        ... on Agency { libraryReporting(year: 2025) { sector expected } } } }`,
      { of: entities },
    );

    expect(data!._entities.map((each: any) => each.libraryReporting[0].expected)).toEqual([
      2, 1, 3, 2,
    ]);
    expect(libraries.statements).toHaveLength(4);
  });

  it("hides the armed forces' counts from those without the right", async () => {
    await libraries.given({ sector: "ARMED_FORCES" });
    const ask = async (viewer: typeof auditor | null) => {
      const query = `{ libraryReporting(year: 2025) { sector expected suppressed } }`;
      const { data } = await libraries.ask(query, {}, viewer);
      return data!.libraryReporting.find(({ sector }: any) => sector === "ARMED_FORCES");
    };

    expect(await ask(null)).toEqual({ sector: "ARMED_FORCES", expected: null, suppressed: true });
    expect(await ask(auditor)).toEqual({ sector: "ARMED_FORCES", expected: 1, suppressed: false });
  });
});

describe("IndicatorValue.explanation", () => {
  const PARTS = ["counted", "notCounted", "silent"] as const;
  const NODES = `{ formulaEn ${PARTS.map((part) => `${part} { nodes { code sector reportId revision } }`).join(" ")} }`;
  const explained = async (code: string, unit: string, year: number, viewer = auditor) => {
    const [figures] = await libraries.figures(
      [unit],
      year,
      `numerator denominator reported suppressed explanation ${NODES}`,
      "APPROVED",
      viewer,
    );
    return figures![code];
  };

  it("names who is counted, who is not, and who is silent, with the report", async () => {
    const kind = "COMMUNE_PUBLIC";
    await libraries.given(
      {
        code: "YES",
        kind,
        reports: [
          { id: "library-report:culture:old", year: 2025, providesLifelongLearning: false },
          {
            id: "library-report:culture:new",
            year: 2025,
            revision: 2,
            providesLifelongLearning: true,
          },
        ],
      },
      { code: "NO", kind, reports: [{ year: 2025, providesLifelongLearning: false }] },
      { code: "BLANK", kind, reports: [{ year: 2025, visits: 3 }] },
      { code: "NONE", kind },
      { code: "CLOSED", kind, closedOn: "2025-12-31" },
      { code: "ELSEWHERE", kind, unitId: "unit:03394" },
    );

    const { explanation } = await explained("L3", "unit:03389", 2025);

    const codes = (part: string) => explanation[part].nodes.map(({ code }: any) => code);
    expect(explanation.counted.nodes).toEqual([
      {
        code: "YES",
        sector: "CULTURE",
        reportId: "library-report:culture:new",
        revision: 2,
      },
    ]);
    expect(codes("notCounted")).toEqual(["NO"]);
    expect(codes("silent")).toEqual(["BLANK", "NONE"]);
  });

  it("follows the ruling of a class that has ended", async () => {
    await libraries.given({
      code: "D",
      kinds: [
        { kind: "DISTRICT_PUBLIC", fromOn: null, untilOn: "2025-07-01" },
        { kind: "COMMUNE_PUBLIC", fromOn: "2025-07-01", untilOn: null },
      ],
      reports: [{ year: 2026, providesLifelongLearning: true }],
    });

    const { numerator, explanation } = await explained("L2", "unit:12", 2026);

    expect([numerator, explanation.counted.nodes.map(({ code }: any) => code)]).toEqual([1, ["D"]]);
  });

  it("has as many institutions as the figure says, whatever they answered", async () => {
    const library = fc.record({
      sector: fc.constantFrom("EDUCATION" as const, "LABOUR" as const),
      kind: fc.constantFrom("GENERAL_EDUCATION", "VOCATIONAL_EDUCATION"),
      unitId: fc.constantFrom("unit:03389", "unit:03394", "unit:03394:2025-07-01"),
      reports: fc.option(
        fc
          .constantFrom(true, false, null)
          .map((answer) => [{ year: 2025, providesLifelongLearning: answer }]),
        { nil: [] },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(library, { maxLength: 8 }), async (all) => {
        await libraries.clear();
        await libraries.given(...all);
        for (const unit of ["unit:12", "unit:03394:2025-07-01", "unit:106"]) {
          const figure = await explained("L6", unit, 2025);
          const [counted, not, silent] = PARTS.map(
            (part) => figure.explanation[part].nodes.length as number,
          );
          expect([counted, counted! + not!, counted! + not! + silent!]).toEqual([
            figure.numerator,
            figure.reported,
            figure.denominator,
          ]);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("names no armed-forces library to those without the right, nor anything of a figure that is withheld", async () => {
    const kind = "ARMED_FORCES";
    const reports = (answer: boolean) => [{ year: 2025, providesLifelongLearning: answer }];
    await libraries.given(
      { sector: kind, kind, reports: reports(true) },
      { sector: kind, kind, reports: reports(false) },
      { sector: kind, kind, reports: reports(true) },
    );

    const whole = await explained("L5", "unit:12", 2025, null as never);
    const part = await explained("L5", "unit:03389", 2025, null as never);
    await libraries.given({ sector: kind, kind, unitId: "unit:03394" });
    const alone = await explained("L5", "unit:03394", 2025, null as never);

    expect([whole.numerator, whole.explanation.counted.nodes]).toEqual([2, []]);
    expect(part.suppressed).toBe(false);
    expect(alone).toMatchObject({ suppressed: true, numerator: null, explanation: null });
  });
});
