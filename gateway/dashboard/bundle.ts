import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build as bundleScript } from "esbuild";
import type { Manifest } from "vite";
import { drawTrustedOperations } from "../../schema/trusted-operations";
import { BUILDS, INDEX, sourcesDigest, type BuildIndex } from "./build";

const DASHBOARD = resolve(__dirname, "../../dashboard");
const START = "start.tsx";
const EARLY = "hub/early-question.ts";

/**
 * Builds the dashboard from its sources and the trusted operations, with every file compressed beside itself, unless that has
 * been done already. Other builds are taken away.
 */
export async function bundleDashboard(): Promise<void> {
  const name = sourcesDigest();
  if (existsSync(join(BUILDS, name, INDEX))) return;
  await drawTrustedOperations();
  const folder = join(BUILDS, `unfinished-${process.pid}`);
  const { build } = await import("vite");
  await build({
    configFile: false,
    root: DASHBOARD,
    logLevel: "error",
    publicDir: join(DASHBOARD, "public"),
    mode: "production",
    // Whatever process builds it: what helps in development tells where this machine keeps the sources.
    esbuild: { jsx: "automatic", jsxImportSource: "preact", jsxDev: false },
    build: {
      outDir: folder,
      target: "es2022",
      manifest: "manifest.json",
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rollupOptions: { input: join(DASHBOARD, START) },
    },
  });
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Manifest;
  await rm(join(folder, "manifest.json"));
  await compressAll(folder);
  const early = await earlyScript();
  const index: BuildIndex = {
    html: pageOf(manifest, early),
    inlineScript: createHash("sha256").update(early).digest("base64"),
  };
  await writeFile(join(folder, INDEX), JSON.stringify(index));
  // Somebody may have built the same meanwhile.
  await rename(folder, join(BUILDS, name)).catch(() => rm(folder, { recursive: true }));
  const others = (await readdir(BUILDS)).filter(
    (each) => each !== name && !each.startsWith("unfinished-"),
  );
  for (const other of others) await rm(join(BUILDS, other), { recursive: true, force: true });
}

/** The one script that stands in the page itself, which the content security policy knows by its digest. */
async function earlyScript(): Promise<string> {
  const { outputFiles } = await bundleScript({
    entryPoints: [join(DASHBOARD, EARLY)],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]!.text.trim();
}

function pageOf(manifest: Manifest, early: string): string {
  const { file: start, css = [], imports = [] } = manifest[START]!;
  const preloaded = imports.map((key) => manifest[key]!.file);
  return `<!doctype html>
<html lang="vi">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Học tập suốt đời tỉnh Lai Châu</title>
    <meta name="description" content="Thư viện, bảo tàng, trung tâm văn hóa tỉnh Lai Châu thực hiện các chỉ tiêu học tập suốt đời đến đâu." />
    <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
    <script>${early}</script>
${css.map((file) => `    <link rel="stylesheet" href="/${file}" />`).join("\n")}
${preloaded.map((file) => `    <link rel="modulepreload" href="/${file}" />`).join("\n")}
    <script type="module" src="/${start}"></script>
  </head>
  <body>
    <div id="dashboard"><p class="first-word">Đang tải… / Loading…</p></div>
    <noscript>Trang này cần JavaScript. / This page needs JavaScript.</noscript>
  </body>
</html>
`;
}

async function compressAll(folder: string): Promise<void> {
  const files = (await readdir(join(folder, "assets"))).filter((name) => !name.endsWith(".woff2"));
  for (const name of files) {
    const path = join(folder, "assets", name);
    const text = await readFile(path);
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    await writeFile(`${path}.br`, await promisify(brotliCompress)(text, { params }));
    await writeFile(`${path}.gz`, await promisify(gzip)(text, { level: 9 }));
  }
}

/** Where only what the service needs is installed, the dashboard has been built before, or is done without. */
function canBundle(): boolean {
  try {
    require.resolve("vite/package.json");
    return true;
  } catch {
    return false;
  }
}

if (require.main === module && canBundle()) {
  mkdir(BUILDS, { recursive: true })
    .then(bundleDashboard)
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
}
