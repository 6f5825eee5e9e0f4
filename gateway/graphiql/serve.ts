import { readFile, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import type { Logger } from "pino";
import { refuse, send } from "../http/http-answer";
import { pagePolicy } from "../http/security-headers";

/** Made by the bundler next door; kept out of version control. */
export const ASSETS = join(__dirname, "assets");

const ASSET_PATH = /^\/graphiql\/([\w-]+(?:\.[\w-]+)*\.(?:js|css|ttf|woff2))$/u;

export const isGraphiQLAsset = (path: string): boolean => ASSET_PATH.test(path);

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
};

const PAGE = `<!doctype html>
<html lang="vi">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Truy vấn dữ liệu học tập suốt đời – Lai Châu</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/graphiql/page.css" />
  </head>
  <body>
    <div id="graphiql">Đang tải… / Loading…</div>
    <noscript>Trang này cần JavaScript. / This page needs JavaScript.</noscript>
    <script type="module" src="/graphiql/page.js"></script>
  </body>
</html>
`;

/** Everything comes from here; inline styles are what the editor lays out its text with. */
const HEADERS = {
  ...pagePolicy({
    "script-src": ["'self'"],
    "worker-src": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "font-src": ["'self'", "data:"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
  }),
  "cache-control": "no-cache",
};

let bundling: Promise<void> | undefined;

/** Answers the page, or one of its assets; bundles them when they are first asked for and not there. */
export async function answerGraphiQL(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  log: Logger,
): Promise<void> {
  try {
    await (bundling ??= ensureAssets());
  } catch (error) {
    log.error({ err: error }, "query page cannot be bundled");
    bundling = undefined;
    const command = "npm run prepare";
    return refuse(
      response,
      503,
      `Chưa đóng gói giao diện truy vấn; hãy chạy "${command}".`,
      `The query page has not been bundled; run "${command}".`,
    );
  }
  const name = ASSET_PATH.exec(path)?.[1];
  if (name === undefined) return send(response, 200, "text/html; charset=utf-8", PAGE, HEADERS);
  const file = join(ASSETS, name);
  const found = await stat(file).catch(() => null);
  if (found === null) return refuse(response, 404, "Không có tệp này.", "There is no such file.");
  const etag = `"${found.size.toString(16)}-${found.mtimeMs.toString(16)}"`;
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, { etag, "cache-control": HEADERS["cache-control"] });
    response.end();
    return;
  }
  send(response, 200, TYPES[extname(name)]!, await readFile(file), { ...HEADERS, etag });
}

async function ensureAssets(): Promise<void> {
  if (await stat(join(ASSETS, "page.js")).catch(() => null)) return;
  // Asked for only here, since a production image that holds the assets need not hold the bundler.
  const { bundle } = require("./bundle") as typeof import("./bundle");
  await bundle();
}
