import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { NARROW, startDashboard, WIDE } from "../testkit/browser";
import { ROOT } from "../testkit/project-files";
import { entryViews, givenCorrections } from "./entry-views";
import { openView, views } from "./views";

const FOLDER = join(ROOT, "dashboard/screenshots");
const SIZES = { wide: WIDE, narrow: NARROW };

/** Takes a picture of every view in both languages, wide and narrow, for somebody to look at. */
async function takeScreenshots(only: readonly string[]): Promise<void> {
  const dashboard = await startDashboard();
  if (dashboard === undefined) throw new Error("Cần có Chromium. / Chromium is needed.");
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const wanted = [...views, ...entryViews].filter(
    ({ name }) => only.length === 0 || only.includes(name),
  );
  try {
    await givenCorrections(dashboard.hub);
    for (const view of wanted)
      for (const language of ["vi", "en"] as const)
        for (const [size, viewport] of Object.entries(SIZES)) {
          const { page, context } = await openView(dashboard, view, language, viewport);
          await page.waitForLoadState("networkidle");
          const file = `${view.name}.${language}.${size}.png`;
          await page.screenshot({ path: join(FOLDER, file), fullPage: true });
          console.log(`dashboard/screenshots/${file}`);
          await context.close();
        }
  } finally {
    await dashboard.stop();
  }
}

takeScreenshots(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
