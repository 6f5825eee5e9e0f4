import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { ASSETS } from "./serve";

/** The editor's own font has no Vietnamese letters with two marks; this one, bundled by the page, has them all. */
const FONTS = "'Roboto Mono Variable', ui-monospace, Consolas, Menlo, monospace";

const vietnameseFonts: Plugin = {
  name: "vietnamese-fonts",
  setup(builder) {
    builder.onLoad(
      { filter: /graphiql[\\/]react[\\/]dist[\\/]utility[\\/]create-editor\.js$/ },
      async ({ path }) => ({
        contents: (await readFile(path, "utf8")).replace(
          '"\\"Fira Code\\""',
          JSON.stringify(FONTS),
        ),
        loader: "js",
      }),
    );
    builder.onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8"))
        .replace(/@font-face\s*\{[^}]*Fira Code[^}]*\}/gu, "")
        .replaceAll('"Fira Code", monospace', FONTS),
      loader: "css",
    }));
  },
};

/**
 * Bundles GraphiQL and the editor's workers from the installed packages, so that the page needs nothing from the network.
 * Names are fixed: the page, its CSS and the workers refer to each other by them.
 */
export async function bundle(): Promise<void> {
  await build({
    entryPoints: {
      page: join(__dirname, "page.mjs"),
      "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
      "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
      "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
    },
    outdir: ASSETS,
    absWorkingDir: join(__dirname, "../.."),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".graphql": "text", ".ttf": "file", ".woff2": "file" },
    assetNames: "[name]",
    legalComments: "linked",
    plugins: [vietnameseFonts],
    logLevel: "error",
  });
}

/** Where only what the service needs is installed, the page has been bundled before, or is done without. */
function canBundle(): boolean {
  try {
    require.resolve("graphiql/package.json");
    return true;
  } catch {
    return false;
  }
}

if (require.main === module && canBundle()) {
  bundle().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
