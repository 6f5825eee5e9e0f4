import { startDashboard, type Dashboard } from "../testkit/browser";

const QUERY = `{ administrativeUnits(asOf: "2025-12-31", type: [COMMUNE, WARD]) {
  name
  libraryIndicators(year: 2024) { indicator { code } value assessment { status } }
  culturalCentreIndicators(year: 2025) { indicator { code } value assessment { status } }
} }`;

interface Figure {
  indicator: { code: string };
  value: number | null;
  assessment: { status: string };
}

interface Unit {
  name: string;
  libraryIndicators: Figure[];
  culturalCentreIndicators: Figure[];
}

describe("The view across the sectors", () => {
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    dashboard = await startDashboard();
  }, 120_000);
  afterAll(() => dashboard?.stop());

  it("finds the units that have met one indicator and are behind with another, in two years", async () => {
    if (dashboard === undefined) return;
    const { data } = await dashboard.hub.ask(QUERY);
    const of = (figures: Figure[], code: string) =>
      figures.find(({ indicator }) => indicator.code === code)!;
    const asked: Unit[] = data.administrativeUnits;
    const units = asked.map((unit) => ({
      name: unit.name,
      x: of(unit.libraryIndicators, "L3"),
      y: of(unit.culturalCentreIndicators, "C2"),
    }));
    const wanted = units.filter(
      ({ x, y }) => x.assessment.status === "MET" && y.assessment.status === "BEHIND",
    );
    const { page, problems } = await dashboard.open("/so-sanh?namngang=2024&namdoc=2025");
    await page.waitForSelector(".scatter .plot");
    const points = await page.locator(".scatter [aria-label=dot] > *").count();

    await page.getByRole("combobox", { name: /^Chỉ xem đơn vị/u }).selectOption("x-dat-y-cham");
    await page.getByText(`Đang xem ${wanted.length} trong 38 đơn vị`).waitFor();
    const names = await page.locator("tbody th").allTextContents();
    const differences = await page.locator("tbody td:nth-last-child(2)").allTextContents();

    expect(points).toBe(units.filter(({ x, y }) => x.value !== null && y.value !== null).length);
    expect(wanted.length).toBeGreaterThan(0);
    expect(names.sort()).toEqual(wanted.map(({ name }) => name).sort());
    expect(differences).toHaveLength(wanted.length);
    expect(page.url()).toContain("loc=x-dat-y-cham");
    expect(problems).toEqual([]);
  }, 60_000);

  it("opens again from its address as it was left", async () => {
    if (dashboard === undefined) return;
    const path = "/so-sanh?nam=2025&ngang=C2&doc=L6&thoi=huyen-cu";

    const { page } = await dashboard.open(path);
    await page.waitForSelector(".scatter .plot");

    const headings = await page.locator("thead th").allTextContents();
    expect(headings.map((text) => text.replace(/\s*[▲▼↕]$/u, ""))).toEqual([
      "Đơn vị",
      "C2 năm 2025",
      "C2 năm 2025: tình trạng",
      "L6 năm 2025",
      "L6 năm 2025: tình trạng",
      "Chênh lệch",
      "Lưu ý",
    ]);
    expect(await page.locator("tbody tr").count()).toBe(8);
    const notes = page.locator("tbody tr", { hasText: "Huyện Mường Tè" }).locator(".notes");
    expect(await notes.textContent()).toBe(
      "C2 năm 2025: Chưa đủ: 41 cơ sở chưa trả lời; nếu tất cả đều đạt, con số cao nhất là 60,9\u00a0%. " +
        "C2 năm 2025: 2 cơ sở chưa xác định được địa bàn nên không tính vào đơn vị này. " +
        "L6 năm 2025: Chưa đủ: 6 cơ sở chưa trả lời; nếu tất cả đều đạt, con số cao nhất là 100\u00a0%.",
    );
  }, 60_000);
});
