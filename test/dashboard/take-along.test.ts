import { readFileSync } from "node:fs";
import { startDashboard, type Dashboard } from "../testkit/browser";

// A browser and a hub start here.
jest.setTimeout(60_000);

describe("A view is taken along", () => {
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    dashboard = await startDashboard();
  }, 120_000);
  afterAll(() => dashboard?.stop());

  it.each([
    ["/?nam=2025", 11],
    ["/don-vi/12/L6?nam=2025", 1],
    ["/nganh/giao-duc?nam=2025", 5],
    ["/co-quan/so-vhttdl?nam=2025", 9],
    ["/co-so/library:culture:b2729b6e-f36e-4a73-82c4-6513e555021a", 2],
  ])(
    "%s as a table of so many rows (%d) for a Vietnamese Excel, and as a workbook",
    async (path, rows) => {
      if (dashboard === undefined) return;
      const { page, context } = await dashboard.open(path);
      const [csv, xlsx] = await Promise.all(
        ["csv", "xlsx"].map((kind) => page.getAttribute(`.export a[href*=".${kind}"]`, "href")),
      );
      await context.close();

      const table = Buffer.from(await (await fetch(dashboard.origin + csv!)).arrayBuffer());
      const workbook = await fetch(dashboard.origin + xlsx!);
      expect(table.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
      const lines = table.toString("utf8").trimEnd().split("\r\n");
      expect(lines).toHaveLength(rows + 1);
      expect(lines[0]).toContain(";");
      expect(workbook.headers.get("content-type")).toContain("spreadsheetml");
      expect(
        Buffer.from(await workbook.arrayBuffer())
          .subarray(0, 2)
          .toString(),
      ).toBe("PK");
    },
  );

  it("as a picture with the words of caution on it, twice as fine as the screen", async () => {
    if (dashboard === undefined) return;
    const { page, context, problems } = await dashboard.open("/don-vi/12/L6?nam=2025");
    await page.waitForSelector(".permalink");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Ảnh PNG" }).click();
    const png = readFileSync(await (await download).path());

    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(2 * 1280);
    expect(png.readUInt32BE(20)).toBeGreaterThan(2000);
    expect(png.length).toBeGreaterThan(50_000);
    expect(problems).toEqual([]);
    await context.close();
  });

  it("on paper, without what is only for the screen", async () => {
    if (dashboard === undefined) return;
    const { page, context } = await dashboard.open("/?nam=2025");
    await page.waitForSelector(".card .plot");
    await page.emulateMedia({ media: "print" });

    for (const hidden of [".top nav", ".choices", ".export", ".why"])
      expect(await page.locator(hidden).first().isVisible()).toBe(false);
    for (const printed of ["h1", ".demonstration", ".card", ".card .plot"])
      expect(await page.locator(printed).first().isVisible()).toBe(true);
    const sheets = (await page.pdf({ format: "A4", landscape: true })).toString("latin1");
    expect(sheets.match(/\/Type\s*\/Page\b/gu)!.length).toBeLessThan(12);
    await context.close();
  });
});
