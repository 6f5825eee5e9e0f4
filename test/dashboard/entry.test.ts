import type { Page } from "playwright-core";
import {
  culturalCentreMeasures,
  libraryMeasures,
  museumMeasures,
} from "../../dashboard/views/entry/measure-fields";
import { culturalCentreMeasures as culturalCentreBook } from "../../subgraphs/cultural-centres/cultural-centre/cultural-centre-measures";
import { libraryMeasures as libraryBook } from "../../subgraphs/libraries/library/library-measures";
import { museumMeasures as museumBook } from "../../subgraphs/museums/museum/museum-measures";
import { accessibilityProblems, NARROW, startDashboard, type Dashboard } from "../testkit/browser";
import { CULTURE, EDUCATION, type Office } from "../testkit/officers";
import { MUSEUMS, officersAt } from "../testkit/entry-pages";

describe("A form of the page", () => {
  it.each([
    ["libraries", libraryMeasures, libraryBook],
    ["museums", museumMeasures, museumBook],
    ["cultural centres", culturalCentreMeasures, culturalCentreBook],
  ])("asks what %s report, in the words of the sheets", (_name, fields, { measures }) => {
    const told = measures.map(({ key, kind, labels: { vi, en } }) => ({ key, kind, vi, en }));

    expect(fields).toEqual(told);
  });
});
describe("Entry", () => {
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    dashboard = await startDashboard();
  }, 120_000);
  afterAll(() => dashboard?.stop());

  const { museum, openAs, tokenOf } = officersAt(() => dashboard);

  it("refuses a wrong token in words, in both languages, and leaves no token where a script could read it", async () => {
    if (dashboard === undefined) return;
    const { page, context } = await dashboard.open("/nhap-lieu?nam=2026");
    await page.click("a.action");
    await page.fill("#token", "abc");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#token-problem:not(:empty)");
    const malformed = await page.textContent("#token-problem");
    const focused = await page.evaluate("document.activeElement.id");
    await page.goto(`${dashboard.origin}/dang-nhap?ngonngu=en`);
    const stranger = await tokenOf("a", "REPORTER");
    await page.fill("#token", `${stranger.slice(0, -6)}AAAAAA`);
    await page.click("button[type=submit]");
    await page.waitForSelector("#token-problem:not(:empty)");
    const forged = await page.textContent("#token-problem");
    const token = await tokenOf("can-bo", "REPORTER");
    await page.fill("#token", token);
    await page.click("button[type=submit]");
    await page.waitForSelector("table");

    expect(malformed).toBe(
      "Đây không phải mã truy cập; hãy dán trọn mã, từ ký tự đầu đến ký tự cuối.",
    );
    expect(focused).toBe("token");
    expect(forged).toBe("The signature is wrong.");
    const readable = await page.evaluate(
      "document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.body.innerHTML",
    );
    expect(readable).not.toContain(token.slice(-20));
    expect(
      (await context.cookies()).map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite]),
    ).toEqual([["hub-session", true, "Strict"]]);
    await context.close();
  }, 60_000);

  it("offers an officer the data of the sectors whose duties have passed to his, and of no other", async () => {
    if (dashboard === undefined) return;
    const offered = async (office: Office) => {
      const { page, context } = await openAs("can-bo", "REPORTER", "/nhap-lieu?nam=2026", {
        office,
      });
      await page.waitForSelector("select");
      const options = await page.locator("select").first().locator("option").allTextContents();
      await context.close();
      return options;
    };

    expect(await offered(EDUCATION)).toEqual(["Giáo dục", "Lao động"]);
    expect(await offered(CULTURE)).toEqual(["Văn hóa"]);
  });

  it("is done from sign-in to approval by keyboard alone: mistakes lead to their fields, a leap asks for its reason", async () => {
    if (dashboard === undefined) return;
    const reporter = await dashboard.open(`/dang-nhap?to=${encodeURIComponent(MUSEUMS)}`);
    const { page } = reporter;
    await page.waitForSelector("#token");
    const to = keyboardOn(page);
    await to("#token", await tokenOf("nguoi-bao-cao", "REPORTER"));
    await to("button[type=submit]", "\n");
    await page.waitForSelector("table");
    await to("tbody tr:first-child a", "\n");
    await page.waitForSelector("#visits");
    const beside = await page.textContent("#visits-beside");
    await to("#hasEducationProgramme", "Có");
    await to("#visits", "40.000");
    await to("#learningVisits", "50000");
    await to("button.action", "\n");
    await page.waitForSelector(".problem-list");
    const inconsistent = await page.textContent("#learningVisits-problem");
    const isAtProblems = await page.evaluate("document.activeElement.className");
    await to(".problem-list a", "\n");
    const ledTo = await page.evaluate("document.activeElement.id");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("3000");
    await to("button.action", "\n");
    await page.waitForSelector("#explanation");
    const leap = await page.textContent("#visits-problem");
    await to("#explanation", "Mở khu trưng bày mới từ tháng 3");
    await to("button.action", "\n");
    await page.waitForSelector("text=Đã nộp, chờ duyệt");

    const approver = await dashboard.open(`/dang-nhap?to=${encodeURIComponent(MUSEUMS)}`);
    await approver.page.waitForSelector("#token");
    const next = keyboardOn(approver.page);
    await next("#token", await tokenOf("nguoi-duyet", "APPROVER"));
    await next("button[type=submit]", "\n");
    await approver.page.waitForSelector("tbody a");
    await next("tbody tr:first-child a", "\n");
    await approver.page.waitForSelector("button.action");
    await next("button.action", "\n");
    await approver.page.waitForSelector("strong >> text=Đã duyệt");

    expect(beside).toBe("Năm 2025: 5.401");
    expect(inconsistent).toMatch(/^Lượt khách đến nghiên cứu, học tập không thể nhiều hơn/u);
    expect(isAtProblems).toBe("problem-list");
    expect(ledTo).toBe("learningVisits");
    expect(leap).toContain("năm trước 5.401, năm nay 40.000");
    expect((await museum("MU-CU-0002")).report).toEqual({
      state: "APPROVED",
      visits: 40_000,
      explanation: "Mở khu trưng bày mới từ tháng 3",
    });
    expect([...reporter.problems, ...approver.problems]).toEqual([]);
    await reporter.context.close();
    await approver.context.close();
  }, 90_000);

  it("corrects an approved report by keyboard alone, while the public figures stay until the correction is approved", async () => {
    if (dashboard === undefined) return;
    const approvedOnes = "/nhap-lieu?loai=bao-tang&nam=2025&viec=da-duyet";
    const published = async () => {
      const { data } = await dashboard!.hub.ask(
        `{ museums(filter: { text: "MU-CU-0002" }) { nodes { report(year: 2025) { revision visits } } }
          administrativeUnit(code: "12") { museumIndicators(year: 2025) { numerator } } }`,
      );
      const { report } = data.museums.nodes[0];
      const { numerator } = data.administrativeUnit.museumIndicators[0];
      return [report.revision, report.visits, numerator];
    };
    const before = await published();
    const reporter = await openAs("nguoi-bao-cao", "REPORTER", approvedOnes);
    const { page } = reporter;
    await page.waitForSelector("tbody a");
    const to = keyboardOn(page);
    await to("#text", "MU-CU-0002");
    await page.keyboard.press("Enter");
    await page.waitForSelector("tbody tr:only-child a");
    await to("tbody a", "\n");
    await page.waitForSelector("#reason");
    await to(".form > button", "\n");
    await page.waitForSelector("#reason-problem:not(:empty)");
    const isAtReason = await page.evaluate("document.activeElement.id");
    await page.keyboard.type("Cộng thiếu lượt khách tháng 11");
    await to(".form > button", "\n");
    await page.waitForSelector("#visits");
    const told = await page.textContent(".note");
    const isAtNote = await page.evaluate("document.activeElement.className");
    const begunWith = await page.inputValue("#visits");
    const beside = await page.textContent("#visits-beside");
    await to("#hasDigitalDisplay", "Không");
    await to("#visits", "");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("5.600");
    await to("button[type=submit]", "\n");
    await page.waitForSelector("text=Đã lưu bản nháp trên hệ thống.");
    const whileDrafted = await published();
    await page.goto(`${dashboard.origin}${approvedOnes}`);
    await page.waitForSelector("tbody a");
    const listed = await page.textContent("tbody tr:has-text('MU-CU-0002')");
    await page.click("tbody tr:has-text('MU-CU-0002') a");
    await page.waitForSelector("#visits");
    await to("button.action", "\n");
    await page.waitForSelector("#explanation");
    await to("#explanation", "Kho hiện vật được số hóa trong năm");
    await to("button.action", "\n");
    await page.waitForSelector("strong >> text=Đã nộp, chờ duyệt");
    const whileWaiting = await published();

    const approver = await openAs(
      "nguoi-duyet",
      "APPROVER",
      "/nhap-lieu?loai=bao-tang&nam=2025&viec=cho-duyet",
    );
    await approver.page.waitForSelector("tbody tr:has-text('MU-CU-0002') a");
    const waiting = await approver.page.textContent("tbody tr:has-text('MU-CU-0002')");
    const next = keyboardOn(approver.page);
    await next("tbody a", "\n");
    await approver.page.waitForSelector("button.action");
    const reason = await approver.page.textContent(".note p + p");
    const read = await approver.page.textContent("tbody tr:has-text('Lượt khách tham quan')");
    const problems = await accessibilityProblems(approver.page);
    await next("button.action", "\n");
    await approver.page.waitForSelector("strong >> text=Đã duyệt");
    const afterwards = await published();

    expect(isAtReason).toBe("reason");
    expect(told).toContain(
      "Số liệu công bố vẫn theo báo cáo đã duyệt cho đến khi bản sửa được duyệt.",
    );
    expect(isAtNote).toBe("note");
    expect(begunWith).toBe("5401");
    expect(beside).toMatch(/ · Đã duyệt: 5\.401$/u);
    expect(listed).toContain("Đã duyệt. Bản sửa: bản nháp");
    expect(waiting).toContain("Bản sửa: đã nộp, chờ duyệt");
    expect(reason).toBe("Lý do sửa: Cộng thiếu lượt khách tháng 11");
    expect(read).toMatch(/^Lượt khách tham quan5\.6005\.401/u);
    expect(problems).toEqual([]);
    expect(before).toEqual([1, 5401, 2]);
    expect(whileDrafted).toEqual(before);
    expect(whileWaiting).toEqual(before);
    expect(afterwards).toEqual([2, 5600, 1]);
    expect([...reporter.problems, ...approver.problems]).toEqual([]);
    await reporter.context.close();
    await approver.context.close();
  }, 90_000);

  it.each(["vi", "en"] as const)(
    "is whole, narrow and without fault for axe in %s",
    async (language) => {
      if (dashboard === undefined) return;
      const words = language === "en" ? "&ngonngu=en" : "";
      const { page, context, problems } = await openAs(
        "nguoi-bao-cao",
        "REPORTER",
        `/nhap-lieu?loai=trung-tam&nam=2026${words}`,
        { language },
      );
      await page.setViewportSize(NARROW);
      await page.waitForSelector("tbody a");
      const list = await accessibilityProblems(page);
      await page.click("tbody tr:first-child a");
      await page.waitForSelector("#clubs");
      await page.fill("#clubs", "?");
      await page.click("button[type=submit]");
      await page.waitForSelector(".problem-list");
      const form = await accessibilityProblems(page);
      const width = await page.evaluate("document.documentElement.scrollWidth");
      const label = await page.textContent("label[for=clubs]");

      expect(list).toEqual([]);
      expect(form).toEqual([]);
      expect(width).toBeLessThanOrEqual(360);
      expect(label).toBe(language === "vi" ? "Câu lạc bộ" : "Clubs");
      expect(problems).toEqual([]);
      await context.close();
    },
    60_000,
  );
});

/** Goes to a place of the page by the Tab key alone, and types there; a new line is the Enter key. */
function keyboardOn(page: Page) {
  return async (place: string, typed: string) => {
    const isThere = `document.activeElement.matches(${JSON.stringify(place)})`;
    for (let steps = 0; !(await page.evaluate(isThere)); steps += 1) {
      if (steps > 300) throw new Error(`no way to ${place} by keyboard`);
      await page.keyboard.press("Tab");
    }
    if (typed === "\n") return page.keyboard.press("Enter");
    return page.keyboard.type(typed);
  };
}
