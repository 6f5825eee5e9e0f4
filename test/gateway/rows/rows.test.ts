import { parse } from "csv-parse/sync";
import { readTables } from "../../../subgraphs/foundation/sheet/read-tables";
import { answerLeaves, rowLeaves } from "../../testkit/answer-leaves";
import { signedIn, startHub, type Hub } from "../../testkit/hub";
import { knownOperations } from "../../testkit/operations";
import { auditor } from "../../testkit/viewers";

// A hub is started here, on a machine that may have much to do: nothing is timed.
jest.setTimeout(120_000);

describe("GET /rows", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  });
  afterAll(() => hub.stop());

  const visit = (path: string, init?: RequestInit) => fetch(new URL(path, hub.url), init);
  const text = async (path: string, init?: RequestInit) => (await visit(path, init)).text();
  const rows = async (path: string, init?: RequestInit) =>
    (await (await visit(path, init)).json()) as Record<string, unknown>[];

  /** Pages as large as they may be, and lists of a commune rather than of the province. */
  const whole = knownOperations.map((operation) => {
    const { variables } = operation;
    if (!("first" in variables)) return operation;
    const code = "code" in variables && { code: "03388" };
    return { ...operation, variables: { ...variables, ...code, first: 100 } };
  });

  describe.each(whole)("of $name", ({ name, query, variables }) => {
    it("carries every leaf of the answer in its tables", async () => {
      const operation = /query (\w+)/u.exec(query)![1]!;
      const address = operation.replace(/(?<=[a-z])(?=[A-Z])/gu, "-").toLowerCase();
      const asked = new URLSearchParams(
        Object.entries(variables).flatMap(([key, value]) =>
          [value].flat().map((one): [string, string] => [key, String(one)]),
        ),
      );
      const { data } = await hub.ask(query, variables);
      const described = (await (
        await visit(`/rows/${address}.datapackage.json?${asked.toString()}`)
      ).json()) as { resources: { path: string }[] };

      const carried = new Set<string>();
      for (const { path } of described.resources) {
        const reply = await visit(path.replace(".csv?", ".json?").replace(".csv", ".json"));
        // Pages in a list that have more to them are refused, and are no part of what is compared.
        if (reply.status === 422) continue;
        expect({ name, path, status: reply.status }).toEqual({ name, path, status: 200 });
        for (const row of (await reply.json()) as Record<string, unknown>[])
          for (const leaf of rowLeaves(row)) carried.add(leaf);
      }
      const lost = answerLeaves(data).filter((leaf) => !carried.has(leaf));
      const isPageOfList = (leaf: string) => /\.(?:counted|notCounted|silent)\.nodes\./u.test(leaf);

      expect(carried.size).toBeGreaterThan(0);
      expect(lost.filter((leaf) => !isPageOfList(leaf))).toEqual([]);
    });
  });

  it("follows a list to its last page", async () => {
    const { data } = await hub.ask("{ culturalCentres(first: 0) { totalCount } }");

    const centres = await rows("/rows/cultural-centre-list.json?year=2025&first=97");

    expect(centres).toHaveLength(data.culturalCentres.totalCount);
    expect(new Set(centres.map((row) => row["culturalCentres.nodes.id"])).size).toBe(
      centres.length,
    );
  });

  it("names columns by their path, and by what they are called in either language", async () => {
    const path =
      "/rows/cross-sector-coverage.csv?code=12&year=2025&list=administrativeUnit.museumIndicators";
    const head = async (more = "") => (await text(path + more)).split("\r\n", 2);

    const [named, row] = await head();
    expect(named).toBe(
      "administrativeUnit.name,administrativeUnit.museumIndicators.indicator.code,administrativeUnit.museumIndicators.indicator.name," +
        "administrativeUnit.museumIndicators.value,administrativeUnit.museumIndicators.numerator,administrativeUnit.museumIndicators.denominator," +
        "administrativeUnit.museumIndicators.reported,administrativeUnit.museumIndicators.missingSectors,administrativeUnit.museumIndicators.assessment.target.year," +
        "administrativeUnit.museumIndicators.assessment.target.minimum,administrativeUnit.museumIndicators.assessment.target.maximum," +
        "administrativeUnit.museumIndicators.assessment.gap,administrativeUnit.museumIndicators.assessment.status",
    );
    expect(row).toBe(
      "Tỉnh Lai Châu,M1,Bảo tàng có chương trình giáo dục và trưng bày số,50,2,4,4,,2025,70,,-20,BEHIND",
    );
    expect((await head("&labels=vi"))[0]).toBe(
      "Đơn vị hành chính theo mã › Tên,Chỉ tiêu › Mã chỉ tiêu,Chỉ tiêu › Tên,Giá trị,Tử số,Mẫu số,Số đơn vị đã báo cáo,Ngành không trả lời," +
        "Đánh giá › Mốc so sánh › Năm,Đánh giá › Mốc so sánh › Mức tối thiểu,Đánh giá › Mốc so sánh › Mức trên của khoảng,Đánh giá › Chênh lệch,Đánh giá › Tình trạng",
    );
    expect((await head("&labels=en"))[0]).toMatch(/^Administrative unit › Name,Indicator › Code,/u);
  });

  it("joins lists of one type that stand beside each other", async () => {
    const list = ["library", "museum", "culturalCentre"]
      .map((kind) => `administrativeUnits.${kind}Indicators`)
      .join(",");

    const figures = await rows(`/rows/unit-figures.json?year=2025&type=PROVINCE&list=${list}`);

    expect(
      figures.map((row) => [
        row["administrativeUnits.indicatorValue.indicator.code"],
        row["administrativeUnits.indicatorValue.list"],
      ]),
    ).toEqual([
      ...["L1", "L2", "L3", "L4", "L5", "L6", "L7"].map((code) => [code, "libraryIndicators"]),
      ["M1", "museumIndicators"],
      ["M2", "museumIndicators"],
      ["C1", "culturalCentreIndicators"],
      ["C2", "culturalCentreIndicators"],
    ]);
    expect(figures[5]!["administrativeUnits.indicatorValue.value"]).toBe(60.869565217391305);
  });

  it("says the same in every format", async () => {
    const path = "/rows/museum-list";
    const json = await rows(`${path}.json?year=2025`);
    const cells = json.map((row) =>
      Object.values(row).map((value) => (Array.isArray(value) ? value.join(";") || null : value)),
    );
    const asText = cells.map((row) =>
      row.map((value) => (value === null ? "" : `${value as string | number | boolean}`)),
    );

    const csv = parse(await text(`${path}.csv?year=2025`));
    const workbook = Buffer.from(await (await visit(`${path}.xlsx?year=2025`)).arrayBuffer());
    const [sheet, explained] = readTables(workbook, "museum-list.xlsx").tables;
    const width = csv[0]!.length;
    const sheetRows = [...sheet!.rows]
      .slice(1)
      .map(({ cells: read }) => Array.from({ length: width }, (_, at) => read[at] ?? null));

    expect(csv[0]).toEqual(Object.keys(json[0]!));
    expect(csv.slice(1)).toEqual(asText);
    expect(sheetRows).toEqual(cells);
    expect([...explained!.rows]).toHaveLength(width + 1);
  });

  it("writes for Excel as it is set up in Việt Nam", async () => {
    const bytes = await (
      await visit(
        "/rows/cross-sector-coverage.csv?code=12&year=2025&list=administrativeUnit.libraryIndicators&excel=1",
      )
    ).arrayBuffer();

    const written = Buffer.from(bytes).toString("utf8");
    expect(written.startsWith("\ufeffadministrativeUnit.name;")).toBe(true);
    expect(written).toContain(";60,869565217391305;126;207;161;");
  });

  it("shows each what GraphQL would: armed-forces libraries to an auditor alone", async () => {
    const path = "/rows/library-list.json?year=2025&filter=";
    const filter = encodeURIComponent(JSON.stringify({ sector: ["ARMED_FORCES"] }));
    const headers = await signedIn(hub.folder, auditor);

    expect(await rows(path + filter)).toEqual([]);
    expect(await rows(path + filter, { headers })).toHaveLength(17);
    const refused = await visit(path + filter, { headers: { authorization: "Bearer none" } });
    expect(refused.status).toBe(401);
  });

  it.each<[string, string, number, RegExp]>([
    [
      "an unknown operation",
      "/rows/nothing.csv",
      404,
      /các truy vấn: agency-duties, .*the operations/u,
    ],
    ["an unknown format", "/rows/museum-list.pdf?year=2025", 404, /\.csv, \.json, \.xlsx/u],
    [
      "an unknown parameter",
      "/rows/museum-list.csv?yaer=2025",
      400,
      /no parameter yaer; the parameters are: filter, year/u,
    ],
    [
      "a missing variable",
      "/rows/museum-list.csv",
      400,
      /\\"\$year\\" of required type \\"Int!\\" was not provided/u,
    ],
    [
      "a variable of another type",
      "/rows/museum-list.csv?year=now",
      400,
      /Tham số sai: .*Int cannot represent/u,
    ],
    [
      "a year outside the plan",
      "/rows/museum-list.csv?year=1999&list=museums.nodes",
      200,
      /MU-CU-0001/u,
    ],
    [
      "an unknown list",
      "/rows/museum-list.csv?year=2025&list=x",
      400,
      /the lists are: museums\.nodes/u,
    ],
    ["other labels", "/rows/museum-list.csv?year=2025&labels=fr", 400, /takes one of: vi, en/u],
    [
      "what a subgraph refuses",
      "/rows/unit-overview.csv?code=12&year=1999",
      400,
      /phải từ 2022 đến 2030/u,
    ],
    [
      "pages in a list that cannot all be asked for",
      "/rows/why-this-number.csv?code=12&year=2025&list=administrativeUnit.libraryIndicators.explanation.counted.nodes",
      422,
      /has further pages/u,
    ],
  ])("answers %s as it must", async (_, path, status, message) => {
    const reply = await visit(path);

    expect([reply.status, await reply.text()]).toEqual([status, expect.stringMatching(message)]);
  });

  it("describes its columns with type, unit, meaning and source", async () => {
    const described: any = await (
      await visit("/rows/museum-list.datapackage.json?year=2025")
    ).json();

    expect(described.sources.map(({ title }: { title: string }) => title)).toEqual([
      "Trung tâm dữ liệu học tập suốt đời / Lifelong learning hub",
      "Phân hệ museums / Subgraph museums",
      "Phân hệ agency-tasks / Subgraph agency-tasks",
    ]);
    const { fields } = described.resources[0].schema;
    const field = (name: string) => fields.find((one: { name: string }) => one.name === name);
    expect(field("museums.nodes.openedOn").type).toBe("date");
    expect(field("museums.nodes.report.learningVisits")).toMatchObject({
      type: "integer",
      unit: "lượt / visits or uses",
      title: expect.stringMatching(/^Báo cáo .* › Lượt .* \/ Report › Learning visits$/u),
    });
    expect(field("museums.nodes.sector").constraints.enum).toContain("CULTURE");
  });

  it("gives a column of every operation a Vietnamese name", async () => {
    const listed = await text("/rows/none.csv");
    const names = /the operations: (?<names>[^.]+)\./u.exec(listed)!.groups!.names!.split(", ");
    const english: string[] = [];
    for (const name of names) {
      const { resources }: any = await (await visit(`/rows/${name}.datapackage.json`)).json();
      for (const { schema } of resources)
        for (const { title } of schema.fields) {
          const [vi, en] = (title as string).split(" / ");
          if (vi === en) english.push(`${name}: ${title as string}`);
        }
    }

    expect(names.length).toBeGreaterThan(10);
    expect([...new Set(english)]).toEqual([]);
  });
});
