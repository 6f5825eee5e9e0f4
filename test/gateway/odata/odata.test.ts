import { OData } from "@odata/client";
import { signedIn, startHub, startHubGateway, type Hub } from "../../testkit/hub";
import { odataOf, PROVINCE } from "../../testkit/odata";
import { auditor } from "../../testkit/viewers";

// A hub is started here, on a machine that may have much to do: nothing is timed.
jest.setTimeout(120_000);

describe("The OData feed", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  });
  afterAll(() => hub.stop());

  const { visit, read, refusal } = odataOf(() => hub);

  it.each([
    [
      "value ge 50 and value lt 60",
      (row: any) => row.value !== null && row.value >= 50 && row.value < 60,
    ],
    ["value eq null", (row: any) => row.value === null],
    ["value ne null", (row: any) => row.value !== null],
    ["not (value gt 50)", (row: any) => !(row.value !== null && row.value > 50)],
    [
      "contains(unit_name,'Sìn Hồ') or startswith(indicator_code,'M')",
      (row: any) => row.unit_name.includes("Sìn Hồ") || row.indicator_code.startsWith("M"),
    ],
    [
      "contains(tolower(unit_name),'phường') and assessment_status eq 'MET'",
      (row: any) => row.unit_name.startsWith("Phường") && row.assessment_status === "MET",
    ],
    ["suppressed eq true", (row: any) => row.suppressed],
    [
      "year gt 2025 or (year le 2022 and indicator_code eq 'L1')",
      (row: any) => row.year > 2025 || (row.year <= 2022 && row.indicator_code === "L1"),
    ],
  ])(
    "filters figures by %s as the same rows are picked by hand",
    async (filter, picks) => {
      const everything: any[] = [];
      for (const year of [2022, 2023, 2024, 2025, 2026]) {
        const page = await read(`Figures?$filter=${encodeURIComponent(`year eq ${year}`)}`);
        everything.push(...page.value);
      }
      const keyOf = (row: any) => `${row.unit_id} ${row.indicator_code} ${row.year}`;
      const query = `$filter=${encodeURIComponent(`(${filter}) and year le 2026`)}&$select=unit_id,indicator_code,year`;

      const found: any[] = [];
      let next: string | undefined = new URL(`/odata/Figures?${query}`, hub.url).href;
      while (next) {
        const page: any = await (await fetch(next)).json();
        found.push(...page.value);
        next = page["@odata.nextLink"];
      }

      const expected = everything.filter(picks).map(keyOf);
      expect(expected.length).toBeGreaterThan(0);
      expect(found.map(keyOf)).toEqual(expected);
    },
    60_000,
  );

  it("gives the figures that GraphQL gives, in either era", async () => {
    const { value } = await read(`Figures?${PROVINCE}`);
    const coverage = `{ administrativeUnit(code: "12") { ...F } } fragment F on AdministrativeUnit {
      libraryIndicators(year: 2025) { indicator { code } value numerator denominator }
      museumIndicators(year: 2025) { indicator { code } value numerator denominator }
      culturalCentreIndicators(year: 2025) { indicator { code } value numerator denominator } }`;
    const { data } = await hub.ask(coverage);
    const unit = data.administrativeUnit;
    const figures = [
      ...unit.libraryIndicators,
      ...unit.museumIndicators,
      ...unit.culturalCentreIndicators,
    ];

    expect(
      value.map((row: any) => [row.indicator_code, row.value, row.numerator, row.denominator]),
    ).toEqual(
      figures.map((each: any) => [
        each.indicator.code,
        each.value,
        each.numerator,
        each.denominator,
      ]),
    );
    const old =
      "asOf=2025-06-30&$filter=" + encodeURIComponent("year eq 2024 and unit_type eq 'DISTRICT'");
    const districts = (await read(`Figures?${old}`)).value.map((row: any) => row.unit_code);
    expect(new Set(districts).size).toBe(7);
  });

  it("finds an entity by its key, and says when there is none", async () => {
    const figure = await read("Figures(unit_id='unit:12',indicator_code='L6',year=2025)");
    const indicator = await read("Indicators('C1')?$select=code,kind");

    expect(figure).toMatchObject({ numerator: 126, denominator: 207, list: "libraryIndicators" });
    expect(indicator).toEqual({
      "@odata.context": `${new URL("/odata/$metadata", hub.url).href}#Indicators(code,kind)/$entity`,
      code: "C1",
      kind: "SHARE",
    });
    expect((await refusal("Indicators('Z9')")).status).toBe(404);
    expect((await refusal("Figures('unit:12')")).status).toBe(400);
    expect((await refusal("Nothing")).message).toMatch(/Figures, Libraries/u);
  });

  it("counts what the filter passes", async () => {
    const kind = encodeURIComponent("kind eq 'PROVINCIAL_PUBLIC'");

    expect(await (await visit("Units/$count")).text()).toBe("39");
    expect(await (await visit(`Libraries/$count?$filter=${kind}`)).text()).toBe("1");
  });

  it("shows each what GraphQL would", async () => {
    const armed = `Libraries/$count?$filter=${encodeURIComponent("sector eq 'ARMED_FORCES'")}`;
    const headers = await signedIn(hub.folder, auditor);

    expect(await (await visit(armed)).text()).toBe("0");
    expect(await (await visit(armed, headers)).text()).toBe("17");
    expect((await visit(armed, { authorization: "Bearer none" })).status).toBe(401);
  });

  it("refuses a set of which a sector's part is missing", async () => {
    const urls = { ...hub.subgraphUrls, libraries: "http://127.0.0.1:9/graphql" };
    const gateway = await startHubGateway(urls, { folder: hub.folder });
    const asked = async (path: string) => {
      const reply = await fetch(new URL(`/odata/${path}`, gateway.url));
      return { status: reply.status, text: await reply.text() };
    };

    const libraries = await asked("Libraries");
    const museums = await asked("Museums?$top=1");
    await gateway.stop();

    expect(libraries.status).toBe(503);
    expect(JSON.parse(libraries.text).error).toMatchObject({
      code: "SUBGRAPH_UNAVAILABLE",
      message: expect.stringMatching(/libraries/u),
    });
    expect(museums.status).toBe(200);
  });

  describe("to an OData client", () => {
    const client = () => OData.New4({ serviceEndpoint: new URL("/odata/", hub.url).href });

    it("answers queries by filter, order, selection and count", async () => {
      const set = client().getEntitySet("Figures");
      const filter = OData.newFilter().field("year").eq(2025).field("unit_id").eq("unit:12");
      const params = OData.newOptions()
        .filter(filter)
        .select(["indicator_code", "value"])
        .orderby("value", "desc")
        .top(2);

      expect(await set.query(params)).toEqual([
        { indicator_code: "L1", value: 100 },
        { indicator_code: "C1", value: 87.5 },
      ]);
      expect(await set.count(filter)).toBe(11);
    });

    it("retrieves by key", async () => {
      const { name } = (await client().getEntitySet("Indicators").retrieve("M2")) as {
        name: string;
      };

      expect(name).toBe("Lượt khách đến bảo tàng để nghiên cứu, học tập");
    });
  });
});
