import type { RunningGateway } from "../../gateway/server";
import { startDashboard, type Dashboard } from "../testkit/browser";
import { openFaultyFront, type FaultyFront } from "../testkit/faulty-front";
import { startHubGateway } from "../testkit/hub";

// A browser and a hub start here.
jest.setTimeout(60_000);

describe("When a sector is silent", () => {
  let dashboard: Dashboard | undefined;
  let front: FaultyFront;
  const gateways: RunningGateway[] = [];
  beforeAll(async () => {
    dashboard = await startDashboard();
    if (dashboard !== undefined) front = await openFaultyFront(dashboard.hub.subgraphUrls.museums!);
  }, 120_000);
  afterEach(() => dashboard && front.mend());
  afterAll(async () => {
    for (const gateway of gateways) await gateway.stop();
    if (dashboard !== undefined) await front.stop();
    await dashboard?.stop();
  });

  /** The page of a gateway that reaches museums through the front, and has asked nothing yet. */
  const origin = async () => {
    const { hub } = dashboard!;
    const urls = { ...hub.subgraphUrls, museums: front.url };
    const gateway = await startHubGateway(urls, { folder: hub.folder, deadlineMs: 4000 });
    gateways.push(gateway);
    return new URL(gateway.url).origin;
  };

  it("its last figures stand there, marked, under a banner that says who is silent and since when", async () => {
    if (dashboard === undefined) return;
    const there = await origin();
    const before = await dashboard.open("/?nam=2025", { origin: there });
    await before.page.waitForSelector("#M1");
    const told = await before.page.textContent("#M1 .value");
    expect(await before.page.locator(".silence").count()).toBe(0);
    await before.context.close();
    await front.break("refuses connections");

    const { page, context } = await dashboard.open("/?nam=2025", { origin: there });
    await page.waitForSelector("#M1");

    expect(told).toBe("50\u00a0%");
    expect(await page.textContent("#M1 .value")).toBe(told);
    const time = String.raw`\d\d:\d\d \d\d/\d\d/\d{4}`;
    const words = new RegExp(
      `Dữ liệu bảo tàng không trả lời từ ${time}. Số liệu trên trang là lần trả lời cuối cùng, lúc ${time}.`,
      "u",
    );
    expect(await page.textContent(".silence")).toMatch(words);
    expect(await page.textContent("section:has(#M1) > .problem")).toMatch(words);
    expect(await page.locator("section:has(#L1) > .problem").count()).toBe(0);
    await context.close();
  });

  it.each([
    ["cut off", "refuses connections" as const],
    ["slow", "hangs" as const],
  ])(
    "and was never heard, %s, the others' figures are whole and its own said to be missing",
    async (_, fault) => {
      if (dashboard === undefined) return;
      await front.break(fault);
      const { page, context } = await dashboard.open("/?nam=2025&ngonngu=en", {
        origin: await origin(),
      });
      await page.waitForSelector("#L1");

      expect(await page.textContent(".silence")).toMatch(
        /The data of museums have not answered since .*That part is not on this page\./u,
      );
      expect(await page.locator("#M1").count()).toBe(0);
      expect(await page.textContent("h2#nhom-museums + .problem")).toBe(
        "This part of the hub does not answer, so there are no figures.",
      );
      expect(await page.locator(".card").count()).toBe(9);
      await context.close();
    },
  );

  it("or the whole hub is, the page says so, and asks again when told to", async () => {
    if (dashboard === undefined) return;
    const { page, context } = await dashboard.open("/?nam=2025", {
      prepare: async (each) => void (await each.route("**/graphql", (route) => route.abort())),
    });

    expect(await page.textContent('[role="alert"] p')).toBe(
      "Không kết nối được với hệ thống. Hãy kiểm tra đường truyền rồi thử lại.",
    );
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Thử lại" }).click();
    await page.waitForSelector("#M1");
    expect(await page.locator(".card").count()).toBe(11);
    expect(await page.locator('[role="alert"]').count()).toBe(0);
    await context.close();
  });
});
