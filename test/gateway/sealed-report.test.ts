import { unzipSync } from "fflate";
import { readTrustedDocuments } from "../../gateway/trusted-documents";
import {
  collectFigures,
  collectReports,
  type AskHub,
} from "../../subgraphs/agency-tasks/sealed-report/hub-figures";
import { writeAnnualReport } from "../../cli/annual-report";
import { SealedLeafRecord } from "../../subgraphs/agency-tasks/sealed-report/sealed-report.record";
import { SealedReportRepository } from "../../subgraphs/agency-tasks/sealed-report/sealed-report.repository";
import { reportRoot, treeRoot } from "../../subgraphs/agency-tasks/sealed-report/hash-tree";
import { librariesDesign } from "../../subgraphs/libraries/subgraph";
import { signedIn, startHub, type Hub } from "../testkit/hub";
import { inRole } from "../testkit/viewers";

const REPORT = `state failure sealedAt root referenceVersion agency { id } trees { name leaves root }
  figures { unitCode unitName indicatorCode value numerator denominator target status ruling suppressed }
  differs { unitCode indicatorCode field sealed now }`;
const SEAL = `mutation ($input: SealReportInput!) { sealReport(input: $input) {
  sealedReport { state year } userErrors { code path } } }`;
let keys = 0;

describe("A sealed report", () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub();
  }, 120_000);
  afterAll(() => hub.stop());

  const seal = async (year: number, who = inRole("APPROVER")) =>
    hub.ask(
      SEAL,
      { input: { year, idempotencyKey: `niem-phong-${(keys += 1)}` } },
      await signedIn(hub.folder, who),
    );
  const read = async (year: number) =>
    (await hub.ask(`query ($year: Int!) { sealedReport(year: $year) { ${REPORT} } }`, { year }))
      .data.sealedReport;
  const sealed = async (year: number) => {
    for (let tries = 0; tries < 300; tries += 1) {
      const report = await read(year);
      if (report.state !== "SEALING") return report;
      await new Promise((told) => setTimeout(told, 100));
    }
    throw new Error("not sealed within half a minute");
  };

  it("holds every public figure of the year, with a tree for each sector, and stays", async () => {
    const begun = await seal(2025);
    const report = await sealed(2025);

    expect(begun.data.sealReport).toEqual({
      sealedReport: { state: "SEALING", year: 2025 },
      userErrors: [],
    });
    expect(report).toMatchObject({
      state: "SEALED",
      failure: null,
      agency: { id: "agency:so-vhttdl" },
      differs: [],
    });
    expect(report.figures).toHaveLength(39 * 11);
    expect(report.trees.map(({ name }: any) => name)).toEqual([
      "PLAN",
      "CULTURE",
      "EDUCATION",
      "ARMED_FORCES",
      "LABOUR",
    ]);
    const { data } = await hub.ask(
      `{ administrativeUnit(code: "12") { libraryIndicators(year: 2025) { indicator { code } value numerator } } }`,
    );
    for (const { indicator, value, numerator } of data.administrativeUnit.libraryIndicators) {
      const figure = report.figures.find(
        (each: any) => each.unitCode === "12" && each.indicatorCode === indicator.code,
      );
      expect(figure).toMatchObject({ value, numerator });
    }
  }, 60_000);

  it("names the report revisions that the province's figures were judged by, and no armed-forces library", async () => {
    const leaves = await hub.databases
      .get("agency-tasks")!
      .read((manager) => manager.find(SealedLeafRecord, { where: { year: 2025 } }));
    const judged = leaves
      .map(({ tree, content }): Record<string, unknown> => ({ tree, ...JSON.parse(content) }))
      .filter((leaf) => "institutionId" in leaf);
    const l6 = judged.filter(({ indicatorCode }) => indicatorCode === "L6");
    const { figures } = await read(2025);
    const figure = figures.find(
      (each: any) => each.unitCode === "12" && each.indicatorCode === "L6",
    );

    expect(l6.filter(({ part }) => part === "counted")).toHaveLength(figure.numerator);
    expect(l6).toHaveLength(figure.denominator);
    expect(judged.filter(({ tree }) => tree === "ARMED_FORCES")).toEqual([]);
    expect(l6[0]).toMatchObject({ reportId: expect.any(String), revision: expect.any(Number) });
  });

  it("is made of answers to known operations, which may be asked without a token everywhere", async () => {
    const known = readTrustedDocuments("schema/operations");
    const asked: string[] = [];
    const ask: AskHub = async (query, variables) => {
      asked.push(known.nameOf(query) ?? query);
      const { data } = await hub.ask(query, variables);
      return data;
    };

    const { figures } = await collectFigures(ask, "12", 2025);
    await collectReports(ask, "12", 2025);

    expect(figures).toHaveLength(39 * 11);
    expect([...new Set(asked)]).toEqual([
      "SealFigures",
      "SealLibraryReports",
      "SealMuseumReports",
      "SealCulturalCentreReports",
    ]);
  });

  it("is sealed once", async () => {
    const again = await seal(2025);

    expect(again.data.sealReport).toEqual({
      sealedReport: null,
      userErrors: [{ code: "WRONG_STATE", path: ["input", "year"] }],
    });
  });

  it("is for approvers of culture over the whole province", async () => {
    for (const who of [
      inRole("STEWARD"),
      inRole("APPROVER", { agencyId: "agency:so-gddt", sectors: ["EDUCATION"] }),
      inRole("APPROVER", { units: ["unit:03394"] }),
    ]) {
      const { data, errors } = await seal(2024, who);
      expect([data.sealReport, errors![0]!.extensions.code]).toEqual([null, "FORBIDDEN"]);
    }
    expect(await read(2024)).toBeNull();
  });

  it("says what has changed since, and stays what it was", async () => {
    const before = await read(2025);
    const database = hub.databases.get("libraries/culture")!;
    const { report } = librariesDesign.records;

    await database.write((manager) =>
      manager.query(
        `UPDATE library_report SET provides_lifelong_learning = 0 WHERE year = 2025 AND institution_id IN (SELECT institution_id FROM library_kind WHERE kind = 'PROVINCIAL_PUBLIC')`,
      ),
    );
    const after = await read(2025);

    expect(report).toBeDefined();
    expect(after.figures).toEqual(before.figures);
    expect(after.differs).toContainEqual({
      unitCode: "12",
      indicatorCode: "L1",
      field: "value",
      sealed: "100",
      now: "0",
    });
  });

  it("is written as a document in the layout of Decree 30/2020, from what was sealed", async () => {
    const { figures, sealedAt, root } = await read(2025);
    const { data } = await hub.ask(
      `{ sealedReport(year: 2025) { figures { indicatorName agencies reported baseYear demonstration } } }`,
    );
    const whole = figures.map((figure: object, index: number) => ({
      ...figure,
      ...data.sealedReport.figures[index],
    }));
    const agency = { id: "agency:so-vhttdl", name: "Sở Văn hóa, Thể thao và Du lịch" };

    const bytes = await writeAnnualReport({ year: 2025, agency, sealedAt, root, figures: whole });

    const xml = Buffer.from(unzipSync(bytes)["word/document.xml"]!).toString();
    const texts = [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/gu)].map(([, text]) => text);
    for (const text of [
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      "BÁO CÁO",
      "Nơi nhận:",
      "DỮ LIỆU MINH HỌA: số liệu được sinh tự động, không phải số liệu thật.",
      "57,1",
      "Xã Sin Suối Hồ",
      agency.name,
      "Số:        /BC-SVHTTDL",
      "GIÁM ĐỐC",
      root,
    ])
      expect(texts).toContain(text);
    expect(xml).toContain('w:pgSz w:w="11905" w:h="16837"');
    expect(xml.match(/<w:tbl>/gu)).toHaveLength(5);
    // Pages are numbered in the middle of the upper margin, but for the first.
    expect(xml).toContain("<w:titlePg/>");
    const margins = Object.entries(unzipSync(bytes)).flatMap(([name, part]) =>
      /header\d+\.xml$/u.test(name) ? [Buffer.from(part).toString().includes(">PAGE<")] : [],
    );
    expect(margins.sort()).toEqual([false, true]);
  });

  it("is found out when a leaf was changed", async () => {
    const database = hub.databases.get("agency-tasks")!;
    const repository = new SealedReportRepository(database);
    const leaf = { year: 2025, tree: "PLAN", ordinal: 3 };

    const whole = await repository.isIntact(2025);
    await database.write((manager) => manager.update(SealedLeafRecord, leaf, { content: "{}" }));

    expect([whole, await repository.isIntact(2025), await repository.isIntact(2023)]).toEqual([
      true,
      false,
      null,
    ]);
  });
});

describe("A hash tree", () => {
  it("has another root for any other leaf, order or number of leaves", () => {
    const roots = [
      ["a", "b", "c"],
      ["a", "c", "b"],
      ["a", "b"],
      ["a", "b", "c", "c"],
      ["a"],
      [],
    ].map(treeRoot);

    expect(new Set(roots).size).toBe(6);
    expect(treeRoot(["a"])).toBe(
      // SHA-256 of a zero byte and "a", as RFC 6962 hashes a leaf.
      "022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c",
    );
  });

  it("of a report binds the year, the reference and every tree to its name", () => {
    const trees = new Map([
      ["PLAN", "1"],
      ["CULTURE", "2"],
    ]);
    const swapped = new Map([
      ["PLAN", "2"],
      ["CULTURE", "1"],
    ]);
    const root = reportRoot(2025, "r", "t", trees);

    expect(reportRoot(2025, "r", "t", new Map([...trees].reverse()))).toBe(root);
    for (const other of [
      reportRoot(2024, "r", "t", trees),
      reportRoot(2025, "s", "t", trees),
      reportRoot(2025, "r", "t", swapped),
    ])
      expect(other).not.toBe(root);
  });
});
