import { startDashboard, type Dashboard } from "../testkit/browser";
import { MUSEUMS, officersAt } from "../testkit/entry-pages";

describe("What an officer has begun to enter", () => {
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    dashboard = await startDashboard();
  }, 120_000);
  afterAll(() => dashboard?.stop());

  const { museum, openAs, openReport } = officersAt(() => dashboard);

  it("keeps figures on the device while the connection is lost, and sends them once it is back", async () => {
    if (dashboard === undefined) return;
    const { page, context } = await openAs("nguoi-bao-cao", "REPORTER", MUSEUMS);
    await openReport(page, "Bảo tàng nghề thủ công");
    const address = page.url();
    await page.fill("#visits", "1800");
    await page.route("**/graphql", (route) => route.abort());
    await page.click("button[type=submit]");
    await page.waitForSelector("text=Mất kết nối");
    const kept = await page.evaluate<string>("JSON.stringify(localStorage)");
    const unsaved = await museum("MU-CU-0004");
    await page.close();

    const again = await context.newPage();
    await again.goto(address);
    await again.waitForSelector("text=Đã lưu bản nháp trên hệ thống.");
    const value = await again.inputValue("#visits");

    expect(kept).toContain("1800");
    expect(kept).not.toContain("eyJ");
    expect(unsaved.draft).toBeNull();
    expect(value).toBe("1800");
    expect((await museum("MU-CU-0004")).draft).toMatchObject({
      version: 1,
      state: "DRAFT",
      visits: 1800,
    });
    expect(
      await again.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('nhap-lieu'))",
      ),
    ).toEqual([]);
    await context.close();
  }, 60_000);

  it("writes what was sent twice once, when it is the answer that was lost", async () => {
    if (dashboard === undefined) return;
    const { page, context } = await openAs("nguoi-bao-cao", "REPORTER", MUSEUMS);
    await openReport(page, "Bảo tàng tỉnh");
    let lost = 0;
    await page.route("**/graphql", async (route) => {
      if (lost > 0 || !route.request().postData()!.includes("idempotencyKey"))
        return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort();
    });
    await page.fill("#visits", "34000");
    await page.click("button[type=submit]");
    await page.waitForSelector("text=Đã lưu bản nháp trên hệ thống.");

    expect(lost).toBe(1);
    expect((await museum("MU-CU-0001")).draft).toMatchObject({ version: 1, visits: 34_000 });
    await context.close();
  }, 60_000);

  it("tells whoever saves over somebody else's changes what they were, and goes on with both in sight", async () => {
    if (dashboard === undefined) return;
    const mine = await openAs("nguoi-bao-cao", "REPORTER", MUSEUMS);
    await openReport(mine.page, "Bảo tàng thiên nhiên");
    const theirs = await openAs("nguoi-khac", "REPORTER", MUSEUMS);
    await openReport(theirs.page, "Bảo tàng thiên nhiên");
    await theirs.page.fill("#visits", "3100");
    await theirs.page.click("button[type=submit]");
    await theirs.page.waitForSelector(".done");
    await mine.page.fill("#visits", "3200");
    await mine.page.click("button[type=submit]");
    await mine.page.waitForSelector(".problem-list");
    const told = await mine.page.textContent(".problem-list");
    await mine.page.click(".problem-list button");
    await mine.page.waitForSelector("#visits-beside strong");
    const beside = await mine.page.textContent("#visits-beside strong");
    await mine.page.click("button[type=submit]");
    await mine.page.waitForSelector(".done");

    expect(told).toContain("Trong lúc đó báo cáo đã được người khác sửa");
    expect(beside).toContain("Trên hệ thống hiện là: 3.100");
    expect((await museum("MU-CU-0003")).draft).toMatchObject({ version: 2, visits: 3200 });
    await mine.context.close();
    await theirs.context.close();
  }, 60_000);

  it("shows whoever reports why a report was sent back", async () => {
    if (dashboard === undefined) return;
    const reporter = await openAs("nguoi-bao-cao", "REPORTER", MUSEUMS);
    await openReport(reporter.page, "Bảo tàng thiên nhiên");
    await reporter.page.click("button.action");
    await reporter.page.waitForSelector("text=Đã nộp, chờ duyệt");
    const approver = await openAs("nguoi-duyet", "APPROVER", MUSEUMS);
    await approver.page.click('text="Bảo tàng thiên nhiên"');
    await approver.page.waitForSelector("#reason");
    await approver.page.click("text=Trả lại >> nth=-1");
    await approver.page.waitForSelector("#reason-problem:not(:empty)");
    await approver.page.fill("#reason", "Thiếu số lượt tham quan của trường học");
    await approver.page.click("button:has-text('Trả lại')");
    await approver.page.waitForSelector("text=Lý do trả lại: Thiếu số lượt");
    await reporter.page.goto(`${dashboard.origin}${MUSEUMS}`);
    await reporter.page.waitForSelector(
      "text=Lý do trả lại: Thiếu số lượt tham quan của trường học",
    );

    expect((await museum("MU-CU-0003")).draft).toMatchObject({
      state: "RETURNED",
      returnReason: "Thiếu số lượt tham quan của trường học",
    });
    await reporter.context.close();
    await approver.context.close();
  }, 60_000);
});
