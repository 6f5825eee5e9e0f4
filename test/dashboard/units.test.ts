import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { startDashboard, type Dashboard } from "../testkit/browser";

const SQUARE = (west: number) => [
  [west, 22.3],
  [west + 0.1, 22.3],
  [west + 0.1, 22.4],
  [west, 22.3],
];
const outline = (code: string, west: number) => ({
  type: "Feature",
  properties: { code },
  geometry: { type: "Polygon", coordinates: [SQUARE(west)] },
});

describe("The view of units", () => {
  let folder: string;
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "map-"));
    const mapPath = join(folder, "map.geojson");
    const features = [outline("03388", 103.4), outline("03394", 103.2)];
    writeFileSync(mapPath, JSON.stringify({ type: "FeatureCollection", features }));
    dashboard = await startDashboard({ settings: { mapPath } });
  }, 120_000);
  afterAll(async () => {
    await dashboard?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (path: string): Promise<Page> => {
    const { page } = await dashboard!.open(path);
    await page.waitForSelector("table");
    return page;
  };
  const namesIn = (page: Page) => page.locator("tbody th").allTextContents();

  it("shows today's 38, or the 8 and the 106 of before, with what the hub says of each", async () => {
    if (dashboard === undefined) return;
    const { data } = await dashboard.hub.ask(
      `{ administrativeUnit(code: "03394") { name culturalCentreIndicators(year: 2025) {
        indicator { code } value numerator denominator } } }`,
    );
    const figure = data.administrativeUnit.culturalCentreIndicators[1];

    const page = await open("/don-vi?nam=2025&chitieu=C2");
    const today = await namesIn(page);
    const row = page.locator("tbody tr", { hasText: data.administrativeUnit.name });
    const told = await row.locator("td").allTextContents();
    const tiles = await page.locator(".tile").count();
    await page.getByRole("combobox", { name: /^Đơn vị/u }).selectOption("districts");
    await page.getByText("Đang xem 8 trong 8 đơn vị").waitFor();
    const districts = await namesIn(page);
    await page.getByRole("combobox", { name: /^Đơn vị/u }).selectOption("communes");
    await page.getByText("Đang xem 106 trong 106 đơn vị").waitFor();

    expect([today.length, tiles]).toEqual([38, 38]);
    expect(figure.indicator.code).toBe("C2");
    expect(told[1]).toBe(
      `${new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 }).format(figure.value)}\u00a0%`,
    );
    expect(told[2]).toBe(`${figure.numerator} / ${figure.denominator}`);
    expect(districts).toContain("Thành phố Lai Châu");
    expect(page.url()).toContain("thoi=xa-cu");
  }, 60_000);

  it("finds a unit without marks, and sorts by value with units without one at the end", async () => {
    if (dashboard === undefined) return;
    const page = await open("/don-vi?nam=2025&chitieu=L3");
    const search = page.getByLabel("Tìm theo tên, có dấu hoặc không dấu");

    await search.fill("doan ket");
    const found = await namesIn(page);
    await search.fill("");
    await page.getByRole("button", { name: "Giá trị" }).click();
    const values = await page.locator("tbody tr td:nth-of-type(2)").allTextContents();

    expect(found).toEqual(["Phường Đoàn Kết"]);
    const numbers = values.map((text) => parseFloat(text.replace(",", ".")));
    expect(values).toHaveLength(38);
    expect(values.at(-1)).toBe("–");
    const known = numbers.filter((value) => !Number.isNaN(value));
    expect(known).toEqual([...known].sort((one, other) => one - other));
  }, 60_000);

  it("goes along as a table of all units and indicators", async () => {
    if (dashboard === undefined) return;
    const page = await open("/don-vi?nam=2025");

    const href = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
    const reply = await fetch(new URL(href!, dashboard.origin));
    const lines = (await reply.text()).trim().split("\r\n");

    expect(reply.status).toBe(200);
    expect(lines).toHaveLength(1 + 38 * 11);
    expect(lines.filter((line) => line.includes("Phường Đoàn Kết"))).toHaveLength(11);
  }, 60_000);

  it("keeps only units of a status, and says so in its address", async () => {
    if (dashboard === undefined) return;
    const page = await open("/don-vi?nam=2025&chitieu=L3&tinhtrang=met");

    const statuses = await page.locator("tbody .status").allTextContents();

    expect(statuses.length).toBeGreaterThan(0);
    expect(new Set(statuses.map((text) => text.trim()))).toEqual(new Set(["✔ Đạt"]));
  }, 60_000);

  it("says once what must be known of every unit shown, and beside a unit what is its own", async () => {
    if (dashboard === undefined) return;

    const page = await open("/don-vi?nam=2025&chitieu=L2");

    expect(await page.locator(".cautions li").allTextContents()).toEqual([
      "Theo quy ước “Tiếp nối”: loại hình này đã kết thúc ngày 01/07/2025. " +
        "Các năm trước và sau ngày ấy không hoàn toàn so sánh được với nhau.",
    ]);
    const notesOf = (name: string) =>
      page.locator("tbody tr", { hasText: name }).locator(".notes").textContent();
    expect(await notesOf("Phường Đoàn Kết")).toBe("");
    expect(await notesOf("Xã Bản Bo")).toBe("Không có cơ sở thuộc diện tính.");
  }, 60_000);

  it("draws the operator's map beside the tiles, for the units that it knows", async () => {
    if (dashboard === undefined) return;
    const page = await open("/don-vi?nam=2025&chitieu=C2");
    await page.waitForSelector(".map path");

    const titles = await page.locator(".map path title").allTextContents();

    expect(titles.map((title) => title.split(":")[0])).toEqual([
      "Phường Đoàn Kết",
      "Xã Sin Suối Hồ",
    ]);
  }, 60_000);
});
