import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Logger } from "pino";
import { PAGES } from "../../dashboard/pages";
import { takesEncoding, varyBy } from "../http/accepted-encoding";
import { refuse, send } from "../http/http-answer";
import { pagePolicy } from "../http/security-headers";
import { BUILDS, INDEX, sourcesDigest, type BuildIndex } from "./build";

/** A file in every encoding that it is kept in. */
interface Served {
  type: string;
  plain: Buffer;
  br?: Buffer;
  gzip?: Buffer;
}

interface Build {
  page: Served;
  headers: Readonly<Record<string, string>>;
  assets: ReadonlyMap<string, Served>;
}

/** Everything comes from here, and nothing inline is let in but the one script that the build knows. */
const pageHeaders = ({ inlineScript }: BuildIndex) => ({
  ...pagePolicy({
    "script-src": ["'self'", `'sha256-${inlineScript}'`],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    // Charts are made into pictures by way of a blob.
    "img-src": ["'self'", "data:", "blob:"],
    "connect-src": ["'self'"],
  }),
  "cache-control": "no-cache",
});

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

let opening: Promise<Build> | undefined;

/**
 * Answers the dashboard's page at each of its addresses, and its files. False, and nothing is answered, for an address that is
 * not of the dashboard.
 */
export async function answerDashboard(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  log: Logger,
): Promise<boolean> {
  const [, first = ""] = path.split("/");
  const isPage = path === "/" || (PAGES as readonly string[]).includes(first);
  if (!isPage && first !== "assets") return false;
  let build: Build;
  try {
    build = await (opening ??= openBuild());
  } catch (error) {
    log.error({ err: error }, "dashboard cannot be built");
    opening = undefined;
    const command = "npm run prepare";
    refuse(
      response,
      503,
      `Chưa đóng gói trang tổng quan; hãy chạy "${command}".`,
      `The dashboard has not been built; run "${command}".`,
    );
    return true;
  }
  const asset = build.assets.get(path);
  if (asset !== undefined) {
    sendEncoded(asset, request, response, {
      // Other than its hashed neighbours, the icon keeps its name.
      "cache-control": path.endsWith(".svg")
        ? "public, max-age=86400"
        : "public, max-age=31536000, immutable",
    });
    return true;
  }
  if (!isPage) return false;
  sendEncoded(build.page, request, response, build.headers);
  return true;
}

function sendEncoded(
  { type, plain, br, gzip }: Served,
  request: IncomingMessage,
  response: ServerResponse,
  more: Readonly<Record<string, string>>,
): void {
  const [encoding, body] =
    br && takesEncoding(request, "br")
      ? ["br", br]
      : gzip && takesEncoding(request, "gzip")
        ? ["gzip", gzip]
        : [undefined, plain];
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  varyBy(response, "accept-encoding");
  const always = { ...more, etag };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, always);
    response.end();
    return;
  }
  send(response, 200, type, body, {
    ...always,
    ...(encoding !== undefined && { "content-encoding": encoding }),
  });
}

/** @throws when there is no build, and none can be made. */
async function openBuild(): Promise<Build> {
  const folder = join(BUILDS, await ensureBuild());
  const index = JSON.parse(readFileSync(join(folder, INDEX), "utf8")) as BuildIndex;
  const html = Buffer.from(index.html);
  const names = readdirSync(join(folder, "assets")).filter((name) => !/\.(br|gz)$/u.test(name));
  const compressed = (name: string) => {
    const path = join(folder, "assets", name);
    return existsSync(path) ? readFileSync(path) : undefined;
  };
  return {
    page: {
      type: "text/html; charset=utf-8",
      plain: html,
      br: brotliCompressSync(html),
      gzip: gzipSync(html),
    },
    headers: pageHeaders(index),
    assets: new Map(
      names.map((name) => [
        `/assets/${name}`,
        {
          type: TYPES[extname(name)] ?? "application/octet-stream",
          plain: compressed(name)!,
          br: compressed(`${name}.br`),
          gzip: compressed(`${name}.gz`),
        },
      ]),
    ),
  };
}

/** The name of the build of these sources; made now where it is not there and can be, else the one that is there. */
async function ensureBuild(): Promise<string> {
  const there = () => (existsSync(BUILDS) ? readdirSync(BUILDS) : []).filter(isWhole);
  const wanted = sourcesDigest();
  if (!there().includes(wanted)) {
    // In a process of its own: a bundler is large, and the service needs none. Without one it changes nothing.
    const program = join(__dirname, "bundle.ts");
    await promisify(execFile)(process.execPath, ["--import", "tsx", program]);
  }
  const found = there().includes(wanted) ? wanted : there()[0];
  if (found === undefined) throw new Error(`no build in ${BUILDS}`);
  return found;
}

const isWhole = (name: string): boolean => existsSync(join(BUILDS, name, INDEX));
