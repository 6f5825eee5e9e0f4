import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Request } from "playwright-core";
import { ROOT } from "../testkit/project-files";
import { startDashboard, type Dashboard } from "../testkit/browser";

// A browser and a hub start here.
jest.setTimeout(60_000);

describe("The first view", () => {
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    dashboard = await startDashboard();
  }, 120_000);
  afterAll(() => dashboard?.stop());

  it("loads under 200 KB of compressed script, asks for its figures once, and nothing from elsewhere", async () => {
    if (dashboard === undefined) return;
    const { origin } = dashboard;
    const requests: Request[] = [];
    const { page, problems } = await dashboard.open("/", {
      prepare: async (each) => void each.on("request", (request) => requests.push(request)),
    });
    await page.waitForSelector(".card");

    const scripts = requests.filter((request) => request.resourceType() === "script");
    const texts = await Promise.all(
      scripts.map(async (script) => (await script.response())!.body()),
    );
    const total = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
    expect(texts.filter((text) => text.includes(ROOT))).toEqual([]);
    expect(scripts.length).toBeGreaterThan(0);
    expect(total).toBeGreaterThan(10_000);
    expect(total).toBeLessThan(200 * 1024);
    expect(requests.filter((request) => request.url() === `${origin}/graphql`)).toHaveLength(1);
    expect(requests.filter((request) => !request.url().startsWith(origin))).toEqual([]);
    expect(problems).toEqual([]);
  });

  it("needs two rounds and few bytes before its figures stand there: on slow 3G that is under 2 s", async () => {
    if (dashboard === undefined) return;
    const roundTripMs = 400;
    const bytesPerSecond = 50_000;
    const finished: Request[] = [];
    const { page, context } = await dashboard.open("/", {
      prepare: async (each) => {
        each.on("requestfinished", (request) => finished.push(request));
        const line = await each.context().newCDPSession(each);
        await line.send("Network.emulateNetworkConditions", {
          offline: false,
          latency: roundTripMs,
          downloadThroughput: bytesPerSecond,
          uploadThroughput: bytesPerSecond,
        });
      },
    });
    await page.waitForSelector(".card");
    const needed = finished.filter((request) => !request.url().endsWith(".svg"));
    const sizes = await Promise.all(needed.map((request) => request.sizes()));
    const bytes = sizes.reduce(
      (sum, { responseBodySize, responseHeadersSize }) =>
        sum + responseBodySize + responseHeadersSize,
      0,
    );

    // The page; then its style, its script and its figures side by side.
    expect(needed.map((request) => request.resourceType()).sort()).toEqual([
      "document",
      "fetch",
      "script",
      "stylesheet",
    ]);
    const connecting = roundTripMs;
    const expectedMs = connecting + 2 * roundTripMs + (1000 * bytes) / bytesPerSecond;
    expect(bytes).toBeGreaterThan(20_000);
    expect(expectedMs).toBeLessThan(2000);
    await context.close();
  });

  it("is sent compressed, its scripts for good, under a policy that lets nothing else in", async () => {
    if (dashboard === undefined) return;
    const { origin } = dashboard;
    const reply = await fetch(`${origin}/don-vi/03394`);
    const html = await reply.text();
    const [script] = /\/assets\/start-[\w-]+\.js/u.exec(html)!;
    const asset = await fetch(`${origin}${script}`, { headers: { "accept-encoding": "br" } });
    const again = await fetch(`${origin}/`, {
      headers: { "if-none-match": reply.headers.get("etag")! },
    });

    expect([reply.status, reply.headers.get("cache-control")]).toEqual([200, "no-cache"]);
    const policy = reply.headers.get("content-security-policy")!;
    const inline = /<script>(.*?)<\/script>/u.exec(html)![1]!;
    const digest = createHash("sha256").update(inline).digest("base64");
    for (const directive of [
      "default-src 'none'",
      `script-src 'self' 'sha256-${digest}'`,
      "style-src 'self'",
    ])
      expect(policy.split(";")).toContain(directive);
    expect(policy).not.toMatch(/unsafe|https?:|\*/u);
    expect(html.match(/<script>/gu)).toHaveLength(1);
    expect(html).not.toMatch(/<style|\s(?:on\w+|style)=|https?:/u);
    expect([asset.headers.get("content-encoding"), asset.headers.get("cache-control")]).toEqual([
      "br",
      "public, max-age=31536000, immutable",
    ]);
    expect(again.status).toBe(304);
  });

  it.each(["/nowhere", "/assets/nothing.js", "/assets/..%2F..%2Fpackage.json", "/don-vi-khac"])(
    "leaves %s to others",
    async (path) => {
      if (dashboard === undefined) return;
      expect((await fetch(`${dashboard.origin}${path}`)).status).toBe(404);
    },
  );
});
