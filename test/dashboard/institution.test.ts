import { issueToken } from "../../access/access-token";
import { openSigningKey } from "../../access/signing-key";
import { startDashboard, type Dashboard } from "../testkit/browser";

jest.setTimeout(60_000);

const ID = "library:culture:b2729b6e-f36e-4a73-82c4-6513e555021a";

describe("The page of an institution", () => {
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    dashboard = await startDashboard();
  }, 120_000);
  afterAll(() => dashboard?.stop());

  it("tells its life to anybody, and who wrote what to those who may read it", async () => {
    if (dashboard === undefined) return;
    const { hub } = dashboard;
    const token = await issueToken(openSigningKey(hub.folder), {
      subject: "steward",
      agencyId: "agency:so-vhttdl",
      sectors: ["CULTURE"],
      units: ["unit:12"],
      roles: ["STEWARD"],
      lifetimeSeconds: 3600,
    });
    const { data } = await hub.ask(
      `mutation($input: CorrectInstitutionInput!) {
        correctLibrary(input: $input) { userErrors { message } library { version } }
      }`,
      {
        input: {
          idempotencyKey: "page-of-an-institution",
          id: ID,
          version: 1,
          name: "Thư viện chuyên ngành đã đổi tên",
          reason: "Tên ghi sai trong quyết định",
        },
      },
      { authorization: `Bearer ${token}` },
    );
    expect(data.correctLibrary).toEqual({ userErrors: [], library: { version: 2 } });
    const { page, context } = await dashboard.open(`/co-so/${ID}`);
    await page.waitForSelector("table");
    expect(await page.textContent("h1")).toBe("Thư viện chuyên ngành đã đổi tên");
    expect(await page.getByText("Ai đã ghi gì").count()).toBe(0);

    await page.goto(`${dashboard.origin}/dang-nhap`);
    await page.fill("#token", token);
    await page.click("button[type=submit]");
    await page.waitForSelector("table");
    await page.goto(`${dashboard.origin}/co-so/${ID}`);
    const writings = page.locator("table", { has: page.locator("caption:text('Ai đã ghi gì')") });
    await writings.waitFor();

    expect(await writings.locator("tbody tr").count()).toBe(1);
    expect(await writings.locator("tbody td").allTextContents()).toEqual([
      "Sửa thông tin",
      "Sở Văn hóa, Thể thao và Du lịch",
      "Người quản lý danh mục",
      "Tên ghi sai trong quyết định",
    ]);
    await context.close();
  });
});
