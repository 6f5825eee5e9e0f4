import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Role } from "../../access/viewer";
import { readTables } from "../../subgraphs/foundation/sheet/read-tables";
import {
  culturalCentreMeasures,
  libraryMeasures,
  museumMeasures,
} from "../../dashboard/views/entry/measure-fields";
import { culturalCentreMeasures as culturalCentreBook } from "../../subgraphs/cultural-centres/cultural-centre/cultural-centre-measures";
import { libraryMeasures as libraryBook } from "../../subgraphs/libraries/library/library-measures";
import { museumMeasures as museumBook } from "../../subgraphs/museums/museum/museum-measures";
import { accessibilityProblems, NARROW, startDashboard, type Dashboard } from "../testkit/browser";
import { CULTURE, EDUCATION, tokenOf as officerToken, type Office } from "../testkit/officers";

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

const MUSEUMS = "/nhap-lieu?loai=bao-tang&nam=2026";

describe("Entry", () => {
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    dashboard = await startDashboard();
  }, 120_000);
  afterAll(() => dashboard?.stop());

  const tokenOf = (subject: string, role: Role, office: Office = CULTURE) =>
    officerToken(dashboard!.hub, subject, role, office);
  const openAs = async (
    subject: string,
    role: Role,
    path: string,
    { language = "vi", office = CULTURE }: { language?: "vi" | "en"; office?: Office } = {},
  ) => {
    const opened = await dashboard!.open(
      language === "vi" ? "/dang-nhap" : "/dang-nhap?ngonngu=en",
    );
    const { page } = opened;
    await page.fill("#token", await tokenOf(subject, role, office));
    await page.click("button[type=submit]");
    await page.waitForSelector("table");
    await page.goto(new URL(path, page.url()).href);
    return opened;
  };
  const openReport = async (page: Page, name: string) => {
    await page.click(`text="${name}"`);
    await page.waitForSelector("#visits");
  };
  const museum = async (code: string) => {
    const { data } = await dashboard!.hub.ask(
      `query ($text: String) { museums(filter: { text: $text }) { nodes { id version
        draft(year: 2026) { version state visits learningVisits returnReason }
        report(year: 2026) { state visits explanation } } } }`,
      { text: code },
      { authorization: `Bearer ${await tokenOf("nguoi-doc", "REPORTER")}` },
    );
    return data.museums.nodes[0];
  };

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
