import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startHub, type Hub, signedIn } from "../testkit/hub";
import { auditor } from "../testkit/viewers";

const QUERY = readFileSync(
  join(__dirname, "../../schema/operations/cross-sector-coverage.graphql"),
  "utf8",
);

describe("CrossSectorCoverage", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  }, 120_000);
  afterAll(() => hub.stop());

  const sumOf = (parts: Record<string, number>[], key: string) =>
    parts.reduce((sum, part) => sum + part[key]!, 0);
  const allFigures = (unit: any) => [
    ...unit.libraryIndicators,
    ...unit.museumIndicators,
    ...unit.culturalCentreIndicators,
  ];

  it("answers the province with all eleven indicators, whole, beside the plan's targets", async () => {
    const { data, errors } = await hub.ask(QUERY, { code: "12", year: 2025 });

    expect(errors).toBeUndefined();
    const unit = data.administrativeUnit;
    expect(unit.name).toBe("Tỉnh Lai Châu");
    expect(
      allFigures(unit).map(({ indicator, missingSectors, assessment }) => [
        indicator.code,
        missingSectors,
        assessment.target?.minimum ?? null,
        assessment.target?.year,
      ]),
    ).toEqual([
      ["L1", [], null, 2025],
      ["L2", [], 60, 2025],
      ["L3", [], 20, 2025],
      ["L4", [], 90, 2025],
      ["L5", [], 80, 2025],
      ["L6", [], 70, 2025],
      ["L7", [], 10, 2025],
      ["M1", [], 70, 2025],
      ["M2", [], 10, 2025],
      ["C1", [], 80, 2025],
      ["C2", [], 70, 2025],
    ]);
    for (const { indicator, value, assessment } of allFigures(unit)) {
      const goal = assessment.target.minimum ?? 100;
      expect(assessment.gap).toBeCloseTo(value - goal, 8);
      expect(["MET", "BEHIND"]).toContain(assessment.status);
      expect(assessment.status).toBe(value >= goal ? "MET" : "BEHIND");
      expect(indicator.responsibleAgencies.length).toBeGreaterThan(0);
      for (const agency of indicator.responsibleAgencies)
        expect(agency.duties.length).toBeGreaterThan(0);
    }
    expect(unit.subdivisions).toHaveLength(38);
  });

  it("gives the figures that the README shows", async () => {
    const { data } = await hub.ask(QUERY, { code: "12", year: 2025 });
    const shown = readFileSync(join(__dirname, "../../README.md"), "utf8")
      .split("\n")
      .filter((line) => /^\| [LMC]\d \|/u.test(line));

    const rounded = (value: number | null) =>
      value === null ? "" : String(Number(value.toFixed(1)));
    expect(shown).toEqual(
      allFigures(data.administrativeUnit).map(
        ({ indicator, value, numerator, denominator, reported, assessment }) =>
          `| ${indicator.code} | ${indicator.name} | ${rounded(value)} | ${numerator} | ${denominator} | ${reported} | ${rounded(assessment.target.minimum)} | ${assessment.status} |`,
      ),
    );
  });

  it("the parts of a pooled figure add up to it, and the communes to the province", async () => {
    const headers = await signedIn(hub.folder, auditor);
    const { data } = await hub.ask(QUERY, { code: "12", year: 2025 }, headers);

    const unit = data.administrativeUnit;
    for (const figure of allFigures(unit)) {
      expect(sumOf(figure.shares, "numerator")).toBe(figure.numerator);
      expect(sumOf(figure.shares, "denominator")).toBe(figure.denominator);
    }
    for (const field of ["libraryIndicators", "culturalCentreIndicators"]) {
      unit[field].forEach((whole: any, index: number) => {
        const parts = unit.subdivisions.map((each: any) => each[field][index]);
        for (const key of ["numerator", "denominator", "reported"]) {
          expect([whole.indicator.code, key, sumOf(parts, key)]).toEqual([
            whole.indicator.code,
            key,
            whole[key],
          ]);
        }
      });
    }
  });

  it("says that there is nothing to judge, and not that data are missing, where no institution of the class is", async () => {
    const ask = async (more: string) => {
      const figures = `{ indicator { code } denominator unplaced assessment { status ${more} } }`;
      const { data } = await hub.ask(`{ administrativeUnits(asOf: "2025-12-31") {
        libraryIndicators(year: 2024) ${figures} museumIndicators(year: 2024) ${figures}
        culturalCentreIndicators(year: 2024) ${figures} } }`);
      return data.administrativeUnits.flatMap(allFigures).filter(
        // Growth compares those who reported, and may lack them where institutions are.
        ({ indicator }: any) => !["L7", "M2"].includes(indicator.code),
      );
    };
    const nobody = (figures: any[]) =>
      figures.filter(({ denominator, unplaced }) => denominator === 0 && unplaced === 0);
    const statuses = (figures: any[]) => new Set(figures.map((each) => each.assessment.status));

    const alone = nobody(await ask(""));
    const beside = await ask("applicable");

    expect(alone).toHaveLength(194);
    expect(statuses(alone)).toEqual(new Set(["NOT_APPLICABLE"]));
    expect(statuses(nobody(beside))).toEqual(new Set(["NOT_APPLICABLE"]));
    expect(beside.filter((each: any) => !each.assessment.applicable)).toEqual(nobody(beside));
  });

  it("answers a district of before the reorganisation for the year after it", async () => {
    const { data, errors } = await hub.ask(
      `{ administrativeUnit(code: "105", asOf: "2025-01-01") { name subdivisions { name }
           libraryIndicators(year: 2025) { indicator { code } denominator unplaced assessment { isReference } } } }`,
    );

    expect(errors).toBeUndefined();
    expect(data.administrativeUnit.name).toBe("Thành phố Lai Châu");
    expect(data.administrativeUnit.subdivisions).toHaveLength(7);
    const l3 = data.administrativeUnit.libraryIndicators.find(
      (each: any) => each.indicator.code === "L3",
    );
    expect(l3.denominator + l3.unplaced).toBeGreaterThan(0);
    expect(l3.assessment.isReference).toBe(true);
  });

  it("costs each database a number of statements that does not depend on the number of units", async () => {
    const count = async (code: string, asOf: string) => {
      const query = QUERY.replace(
        "administrativeUnit(code: $code)",
        `administrativeUnit(code: $code, asOf: "${asOf}")`,
      );
      await hub.ask(query, { code, year: 2025 });
      hub.statements.clear();
      const { data } = await hub.ask(query, { code, year: 2025 });
      return {
        units: data.administrativeUnit.subdivisions.length,
        statements: Object.fromEntries(hub.statements),
      };
    };

    const ofCity = await count("105", "2025-01-01");
    const ofProvince = await count("12", "2026-01-01");

    expect([ofCity.units, ofProvince.units]).toEqual([7, 38]);
    expect(ofProvince.statements).toEqual(ofCity.statements);
  });
});
