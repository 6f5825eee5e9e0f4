import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { startHub, type Hub } from "./hub";

/** Where Debian, its kin and others keep it; `CHROMIUM` names another. */
const PLACES = [
  process.env.CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = PLACES.find((path) => path !== "" && existsSync(path));

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Of screens: a desk's and a telephone's. */
export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 360, height: 740 };

export interface Dashboard {
  hub: Hub;
  browser: Browser;
  /** Of the page: `http://127.0.0.1:4000`. */
  origin: string;
  /** A page of its own, with nothing kept from others. Its unexpected errors are gathered in `problems`. */
  open(path: string, options?: OpenOptions): Promise<OpenPage>;
  stop(): Promise<void>;
}

export interface OpenOptions {
  viewport?: { width: number; height: number };
  /** Looks at the page before it goes anywhere: to slow it down, to cut lines off. */
  prepare?: (page: Page) => Promise<void>;
  /** Another hub's page. */
  origin?: string;
  /** Of an officer, who has signed in with it. */
  token?: string;
}

export interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** What the browser complained of: refused by the policy, thrown and not caught. */
  problems: string[];
}

/**
 * The hub with the dashboard and a browser to open it in; undefined where there is no Chromium, which is said on the screen:
 * a test then ends early.
 */
export async function startDashboard(
  options: Parameters<typeof startHub>[0] = {},
): Promise<Dashboard | undefined> {
  const browser = await openBrowser();
  if (browser === undefined) return undefined;
  const hub = await startHub(options);
  const origin = new URL(hub.url).origin;
  // The first to ask may wait until the page is built, which is longer than a browser waits.
  await fetch(origin);
  return {
    hub,
    browser,
    origin,
    open: (path, more = {}) => openPage(browser, path, { origin, ...more }),
    stop: async () => {
      await browser.close();
      await hub.stop();
    },
  };
}

export async function openBrowser(): Promise<Browser | undefined> {
  if (executablePath === undefined) {
    console.warn("no Chromium on this machine: pages are not looked at");
    return undefined;
  }
  return chromium.launch({ executablePath, args: QUIET });
}

async function openPage(
  browser: Browser,
  path: string,
  { viewport = WIDE, prepare, origin, token }: OpenOptions,
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    reducedMotion: "reduce",
  });
  if (token !== undefined) await signIn(context, origin ?? "", token);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await prepare?.(page);
  await page.goto(`${origin ?? ""}${path}`);
  return { page, context, problems };
}

async function signIn(context: BrowserContext, origin: string, token: string): Promise<void> {
  const reply = await context.request.post(`${origin}/session`, {
    headers: { origin },
    data: { token },
  });
  if (!reply.ok()) throw new Error(`no session: ${await reply.text()}`);
}

const AXE = readFileSync(join(__dirname, "../../node_modules/axe-core/axe.min.js"), "utf8");

/** What axe-core finds wrong with the page by WCAG 2.2 AA, one line for each place. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] =
    await page.evaluate(
      `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
        .then(({ violations }) => violations)`,
    );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = "" }) => `${id}: ${target.join(" ")} ${failureSummary}`),
  );
}
