import { auditor } from "../testkit/viewers";
import { readProjectFile } from "../testkit/project-files";
import { signedIn, startHub, type Hub } from "../testkit/hub";
import { addColumnAndTakeItAway } from "../testkit/alter-table";

// A hub is started here, on a machine that may have much to do: nothing is timed.
jest.setTimeout(120_000);

const SECTORS = ["culture", "education", "armed-forces", "labour"] as const;
const VIEWS: Record<string, string[]> = {
  ...Object.fromEntries(
    SECTORS.map((sector) => [
      `libraries/${sector}`,
      ["library_as_of_today", "library_annual_report", "library_figure_part"],
    ]),
  ),
  "museums/culture": ["museum_as_of_today", "museum_annual_report", "museum_figure_part"],
  "cultural-centres/culture": [
    "cultural_centre_as_of_today",
    "cultural_centre_annual_report",
    "cultural_centre_figure_part",
  ],
  "agency-tasks": [
    "administrative_unit_as_of_today",
    "agency_as_of_today",
    "indicator_milestone",
    "duty_of_agency",
    "duty_progress_latest",
  ],
};
const TODAY = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

describe("The views for programs that read tables", () => {
  let hub: Hub;
  let headers: Record<string, string>;
  beforeAll(async () => {
    hub = await startHub();
    headers = await signedIn(hub.folder, auditor);
  });
  afterAll(() => hub.stop());

  const read = (database: string, sql: string): Promise<Record<string, unknown>[]> =>
    hub.databases.get(database)!.read((manager) => manager.query(sql));
  const one = async (database: string, sql: string) => {
    const [row] = await read(database, sql);
    return Object.values(row!).map((value) => (value === null ? null : Number(value)));
  };
  const rows = async (path: string) =>
    (await (await fetch(new URL(path, hub.url), { headers })).json()) as Record<string, any>[];

  it.each(SECTORS)(
    "count the libraries of %s that are open today as GraphQL does",
    async (name) => {
      const sector = name.toUpperCase().replace("-", "_");
      const { data } = await hub.ask(
        `query ($on: Date!, $sector: [Sector!]) { libraries(first: 0, filter: { sector: $sector, operatingOn: $on }) { totalCount } }`,
        { on: TODAY, sector: [sector] },
        headers,
      );

      expect(data.libraries.totalCount).toBeGreaterThan(0);
      expect(
        await one(`libraries/${name}`, "SELECT SUM(is_open) AS n FROM library_as_of_today"),
      ).toEqual([data.libraries.totalCount]);
    },
  );

  it("hold the reports that count, in their latest revision, with the same visits", async () => {
    const given = await rows("/rows/museum-reports.json?list=museums.nodes.reports");
    const latest = new Map<string, Record<string, any>>();
    for (const row of given) {
      const key = `${row["museums.nodes.id"]} ${row["museums.nodes.reports.year"]}`;
      const isLater =
        (latest.get(key)?.["museums.nodes.reports.revision"] ?? 0) <
        row["museums.nodes.reports.revision"];
      if (row["museums.nodes.reports.state"] === "APPROVED" && isLater) latest.set(key, row);
    }
    const visits = [...latest.values()].map((row) => row["museums.nodes.reports.visits"] ?? 0);

    expect(latest.size).toBeGreaterThan(10);
    expect(
      await one(
        "museums/culture",
        "SELECT COUNT(*) AS n, SUM(physical_visits) AS v FROM museum_annual_report",
      ),
    ).toEqual([latest.size, visits.reduce((a, b) => a + b, 0)]);
  });

  it("add up to the numerators and denominators of the province's figures", async () => {
    const { data } = await hub.ask(
      `{ administrativeUnit(code: "12") {
        libraryIndicators(year: 2025) { ...F } museumIndicators(year: 2025) { ...F } culturalCentreIndicators(year: 2025) { ...F } } }
      fragment F on IndicatorValue { indicator { code } numerator denominator reported }`,
      {},
      headers,
    );
    const unit = data.administrativeUnit;
    const figures = [
      ...unit.libraryIndicators,
      ...unit.museumIndicators,
      ...unit.culturalCentreIndicators,
    ];
    const figure = (code: string) => {
      const { numerator, denominator, reported } = figures.find(
        (each: any) => each.indicator.code === code,
      );
      return [numerator, denominator, reported];
    };
    const part = (database: string, view: string, condition: string, where = "1 = 1") =>
      one(
        database,
        `SELECT SUM(${condition}_yes) AS y, SUM(institutions) AS n, SUM(${condition}_reported) AS r
         FROM ${view}_figure_part WHERE year = 2025 AND ${where}`,
      );
    const libraries = (sector: string, ...kinds: string[]) =>
      part(
        `libraries/${sector}`,
        "library",
        "lifelong_learning",
        `kind IN (${kinds.map((kind) => `'${kind}'`).join(", ")})`,
      );

    expect(await libraries("culture", "PROVINCIAL_PUBLIC")).toEqual(figure("L1"));
    expect(await libraries("culture", "COMMUNE_PUBLIC")).toEqual(figure("L3"));
    expect(await libraries("culture", "SPECIALISED", "BOOK_COLLECTION")).toEqual(figure("L4"));
    expect(await libraries("armed-forces", "ARMED_FORCES")).toEqual(figure("L5"));
    const school = ["GENERAL_EDUCATION", "VOCATIONAL_EDUCATION", "OTHER_EDUCATION"];
    const education = await libraries("education", ...school);
    const labour = await libraries("labour", ...school);
    expect(education.map((value, at) => value! + labour[at]!)).toEqual(figure("L6"));
    expect(await part("museums/culture", "museum", "programme_and_display")).toEqual(figure("M1"));
  });

  it("give the units, agencies, milestones and duties of today", async () => {
    const { data } = await hub.ask(
      `query ($on: Date!) { administrativeUnits(asOf: $on) { id } agencies(asOf: $on) { id } indicators { milestones { year } } duties(asOf: $on) { agencies(asOf: $on) { id } doneWith(asOf: $on) { id } } }`,
      { on: TODAY },
    );
    const count = async (view: string) =>
      (await one("agency-tasks", `SELECT COUNT(*) AS n FROM ${view}`))[0];
    const of = (lists: any[][]) => lists.reduce((sum, list) => sum + list.length, 0);

    expect(await count("administrative_unit_as_of_today")).toBe(data.administrativeUnits.length);
    expect(await count("agency_as_of_today")).toBe(data.agencies.length);
    expect(await count("indicator_milestone")).toBe(
      of(data.indicators.map((each: any) => each.milestones)),
    );
    expect(await count("duty_of_agency")).toBe(
      of(data.duties.flatMap((duty: any) => [duty.agencies, duty.doneWith])),
    );
    expect(await count("duty_progress_latest")).toBeGreaterThan(0);
  });

  it.each(Object.entries(VIEWS))(
    "of %s are described column by column, and granted",
    async (name, views) => {
      const guide = readProjectFile("docs/sql-views.md");
      const grants = readProjectFile("deploy/read-only-users.sql");
      for (const view of views) {
        const [row] = await read(name, `SELECT * FROM ${view} LIMIT 1`);
        const section = guide.split(`### \`${view}\``)[1]!.split("\n##", 1)[0]!;
        const described = section
          .split("\n")
          .filter((line) => line.startsWith("| `"))
          .flatMap((line) =>
            [...line.split(" | ")[0]!.matchAll(/`(\w+)`/gu)].map(([, column]) => column),
          );
        expect([view, [...described].sort()]).toEqual([view, Object.keys(row!).sort()]);
        expect(grants).toContain(`.${view} TO `);
      }
    },
  );

  it("let the tables beneath them be altered, and are there afterwards", async () => {
    const before = await one("museums/culture", "SELECT COUNT(*) AS n FROM museum_as_of_today");

    await addColumnAndTakeItAway(hub.databases.get("museums/culture")!, "museum");

    expect(await one("museums/culture", "SELECT COUNT(*) AS n FROM museum_as_of_today")).toEqual(
      before,
    );
  });

  it("go when they are taken back, and come again", async () => {
    const database = hub.databases.get("museums/culture")!;

    expect([await database.revert(), await database.revert(), await database.revert()]).toEqual([
      "CreateMuseumFigurePartView1790000102000",
      "CreateMuseumAnnualReportView1790000101000",
      "CreateMuseumAsOfTodayView1790000100000",
    ]);
    await expect(read("museums/culture", "SELECT * FROM museum_as_of_today")).rejects.toThrow();
    await database.migrate();
    expect(await one("museums/culture", "SELECT COUNT(*) AS n FROM museum_as_of_today")).toEqual([
      4,
    ]);
  });
});
