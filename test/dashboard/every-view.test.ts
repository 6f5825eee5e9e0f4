import {
  accessibilityProblems,
  NARROW,
  startDashboard,
  WIDE,
  type Dashboard,
} from "../testkit/browser";
import { entryViews, givenCorrections } from "./entry-views";
import { openView, views, type View } from "./views";

jest.setTimeout(60_000);

describe("Every view", () => {
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    dashboard = await startDashboard();
    if (dashboard !== undefined) await givenCorrections(dashboard.hub);
  }, 120_000);
  afterAll(() => dashboard?.stop());

  // Each language on one screen: what is wrong with a word or a colour is wrong on both.
  const screens = [
    { language: "vi", viewport: WIDE },
    { language: "en", viewport: NARROW },
  ] as const;
  const cases: (View & (typeof screens)[number])[] = [...views, ...entryViews].flatMap((view) =>
    screens.map((screen) => ({ ...view, ...screen })),
  );

  it.each(cases)(
    "$name is whole in $language, $viewport.width pixels wide, fits the screen, and axe finds nothing wrong with it",
    async ({ language, viewport, ...view }) => {
      if (dashboard === undefined) return;
      const { page, context, problems } = await openView(dashboard, view, language, viewport);

      expect(await page.getAttribute("html", "lang")).toBe(language);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        viewport.width,
      );
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(problems).toEqual(view.complaints ?? []);
      await context.close();
    },
  );
});
