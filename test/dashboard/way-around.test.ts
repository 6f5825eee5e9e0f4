import type { Page } from "playwright-core";
import { startDashboard, type Dashboard } from "../testkit/browser";

// A browser and a hub start here.
jest.setTimeout(60_000);

describe("Finding one's way", () => {
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    dashboard = await startDashboard();
  }, 120_000);
  afterAll(() => dashboard?.stop());

  /** What can be pressed; a table that scrolls takes the keyboard too, and holds all its words. */
  const focused = (page: Page): Promise<string> =>
    page.evaluate(
      "document.activeElement.matches('a, button') ? document.activeElement.textContent : ''",
    );

  /** Goes on by the keyboard until the words are in focus. */
  const tabTo = async (page: Page, words: string) => {
    for (let steps = 0; steps < 80; steps += 1) {
      await page.keyboard.press("Tab");
      if ((await focused(page)).includes(words)) return;
    }
    throw new Error(`the keyboard does not reach “${words}”`);
  };

  it("leads by keyboard from the province to the reason for a figure, to an institution behind it, and back", async () => {
    if (dashboard === undefined) return;
    const { page, context, problems } = await dashboard.open("/?nam=2025");
    await page.waitForSelector(".card .plot");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Đến nội dung chính");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");

    await tabTo(page, "Vì sao có con số này? Thư viện cơ sở giáo dục");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".permalink");
    expect(new URL(page.url()).pathname).toBe("/don-vi/12/L6");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    expect(await page.textContent(".value")).toBe("60,9\u00a0%");
    const facts = await page.textContent(".facts");
    for (const words of ["126", "207", "161", "I-B.2.1", "Đến 2025: 70%"])
      expect(facts).toContain(words);

    await tabTo(page, "Thư viện cơ sở giáo dục nghề nghiệp Lai Châu");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1:has-text('nghề nghiệp Lai Châu')");
    await page.goBack();
    await page.waitForSelector(".permalink");
    expect(problems).toEqual([]);
    await context.close();
  });

  it("reads the silent institutions of a figure to the last page, each once", async () => {
    if (dashboard === undefined) return;
    const { page, context } = await dashboard.open("/don-vi/12/L6?nam=2025");
    const list = page.locator("section", { has: page.locator("#danh-sach-silent") });
    const more = list.getByRole("button", { name: "Xem thêm" });
    const rows = list.locator("tbody tr");
    await more.click();
    await rows.nth(39).waitFor();
    await more.click();
    await rows.nth(45).waitFor();

    expect(await rows.count()).toBe(207 - 161);
    expect(await more.count()).toBe(0);
    const codes = await rows.locator("td:nth-child(2)").allTextContents();
    expect(new Set(codes).size).toBe(46);
    await context.close();
  });

  it("keeps year, reports and language in the address, and opens the same by it", async () => {
    if (dashboard === undefined) return;
    const { page, context } = await dashboard.open("/");
    await page.waitForSelector(".card");
    await page.getByRole("combobox", { name: "Năm" }).selectOption("2024");
    await page.getByRole("combobox", { name: "Số liệu" }).selectOption("SUBMITTED");
    await page.getByRole("link", { name: "English" }).click();
    await page.waitForSelector("h1:has-text('Lai Châu against its plan')");
    await page.getByRole("link", { name: "Education", exact: true }).click();
    await page.waitForSelector("h1:has-text('The education sector')");

    const { pathname, searchParams } = new URL(page.url());
    expect([pathname, ...[...searchParams].sort()]).toEqual([
      "/nganh/giao-duc",
      ["nam", "2024"],
      ["ngonngu", "en"],
      ["solieu", "da-nop"],
    ]);
    const again = await dashboard.open(page.url().replace(dashboard.origin, ""));
    await again.page.waitForSelector("h1:has-text('The education sector')");
    expect(await again.page.getByRole("combobox", { name: "Year" }).inputValue()).toBe("2024");
    await again.context.close();
    await context.close();
  });

  it("says that the hub has been renewed where it no longer knows what the page asks or holds", async () => {
    if (dashboard === undefined) return;
    const { page, context } = await dashboard.open("/?nam=2025", {
      prepare: async (each) =>
        void (await each.route("**/graphql", (route) =>
          route.continue({
            postData: route
              .request()
              .postData()!
              .replace(/sha256:..../u, "sha256:0000"),
          }),
        )),
    });
    const notice = page.getByText("Trang đã có phiên bản mới.");
    await notice.waitFor();
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Tải lại trang" }).click();
    await page.waitForSelector(".card .plot");
    expect(await notice.count()).toBe(0);

    await page.route("**/assets/*.js", (route) => route.fulfill({ status: 404 }));
    await page.getByRole("link", { name: "Giáo dục", exact: true }).click();
    await notice.waitFor();
    await context.close();
  });

  it("names a unit by its code and a day, of either era, and leads from the old one to the new", async () => {
    if (dashboard === undefined) return;
    const { page, context } = await dashboard.open("/don-vi/03394?ngay=2024-12-31&nam=2024");
    await page.waitForSelector(".facts");
    expect(await page.textContent("h1")).toBe("Xã Thèn Sin");
    expect(await page.textContent(".reference")).toContain("chỉ để tham khảo");

    await page.getByRole("link", { name: "Xã Sin Suối Hồ" }).first().click();
    await page.waitForSelector("h1:has-text('Xã Sin Suối Hồ')");
    expect(new URL(page.url()).searchParams.get("ngay")).toBeNull();
    expect(await page.textContent(".facts")).toContain("Xã Thèn Sin");
    await context.close();
  });
});
