import { readFileSync } from "node:fs";
import { readTables } from "../../subgraphs/foundation/sheet/read-tables";
import { accessibilityProblems, startDashboard, type Dashboard } from "../testkit/browser";
import { officersAt } from "../testkit/entry-pages";

describe("A file of reports at the entry pages", () => {
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    dashboard = await startDashboard();
  }, 120_000);
  afterAll(() => dashboard?.stop());

  const { openAs, tokenOf } = officersAt(() => dashboard);

  it("judges a file before it writes: every mistake with its place and its mending, and a marked copy", async () => {
    if (dashboard === undefined) return;
    const { page, context } = await openAs(
      "nguoi-bao-cao",
      "REPORTER",
      "/nhap-lieu?loai=thu-vien&nam=2026&viec=tep",
    );
    const choose = (text: string) =>
      page.setInputFiles("#file", {
        name: "bao-cao.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(text),
      });
    await page.waitForSelector("#file");
    await choose("Mã số,Lượt sử dụng,Lượt sử dụng để học tập\nLI-CU-0013,nhiều,5\nKHONG-CO,1,1\n");
    await page.click("button[type=submit]");
    await page.waitForSelector("table");
    const rows = await page.$$eval("tbody tr", (all) => all.map((row) => row.textContent));
    const download = page.waitForEvent("download");
    await page.click("text=Tải bản đánh dấu lỗi");
    const marked = await download;
    const problems = await accessibilityProblems(page);
    await choose("Mã số,Lượt sử dụng,Lượt sử dụng để học tập\nLI-CU-0013,120,5\n");
    await page.click("button[type=submit]");
    await page.waitForSelector("text=Tệp không có lỗi");
    await page.click('text="Ghi thành bản nháp"');
    await page.waitForSelector("text=Đã ghi thành bản nháp.");

    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^Lỗi: dòng 2, cột B \(Lượt sử dụng\)“nhiều” không phải số/u);
    expect(rows[1]).toMatch(/^Lỗi: dòng 3, cột A \(Mã số\)Ngành này không có cơ sở/u);
    expect(marked.suggestedFilename()).toBe("bao-cao-loi.xlsx");
    expect(problems).toEqual([]);
    const { data } = await dashboard.hub.ask(
      `{ libraries(filter: { text: "LI-CU-0013" }) { nodes { draft(year: 2026) { visits learningVisits } } } }`,
      {},
      { authorization: `Bearer ${await tokenOf("nguoi-doc", "REPORTER")}` },
    );
    expect(data.libraries.nodes[0].draft).toEqual({ visits: 120, learningVisits: 5 });
    await context.close();
  }, 60_000);

  it("gives the workbook of what the officer reports, and says why where it gives none", async () => {
    if (dashboard === undefined) return;
    const { page, context, problems } = await openAs(
      "nguoi-bao-cao",
      "REPORTER",
      "/nhap-lieu?loai=bao-tang&nam=2026&viec=tep",
    );
    await page.waitForSelector("#template-help");
    const download = page.waitForEvent("download");
    await page.click("text=Tải tệp mẫu Excel");
    const workbook = await download;
    await page.waitForSelector("text=Đã lập tệp mẫu");
    const { tables } = readTables(readFileSync(await workbook.path()), "mau.xlsx");
    const approver = await openAs(
      "nguoi-duyet",
      "APPROVER",
      "/nhap-lieu?loai=bao-tang&nam=2026&viec=tep&ngonngu=en",
      { language: "en" },
    );
    await approver.page.click("text=Download the Excel template");
    await approver.page.waitForSelector(".template [role=alert]:not(:empty)");
    const refused = await approver.page.textContent(".template [role=alert]");

    expect(workbook.suggestedFilename()).toBe("mau-bao-cao-bao-tang-2026.xlsx");
    expect(tables.map(({ name }) => name)).toEqual(["Báo cáo 2026", "Giải thích", "Thông tin"]);
    expect(Array.from(tables[0]!.rows, ({ cells }) => cells[0]).sort()).toEqual([
      "MU-CU-0001",
      "MU-CU-0002",
      "MU-CU-0003",
      "MU-CU-0004",
      "Mã số",
    ]);
    expect(refused).toBe("One of the roles REPORTER is needed; this token has APPROVER.");
    expect(problems).toEqual([]);
    await context.close();
    await approver.context.close();
  }, 60_000);
});
