import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");
const DASHBOARD = join(ROOT, "dashboard");

/** Where builds lie, one folder for each state of the sources; kept out of version control. */
export const BUILDS = join(DASHBOARD, "dist");

/** What a build holds beside its files. */
export interface BuildIndex {
  /** The page, which every view begins with. */
  html: string;
  /** SHA-256, in base64, of the one script that stands in it. */
  inlineScript: string;
}

export const INDEX = "build.json";

/** What the page is made from. */
const SOURCES = [DASHBOARD, join(ROOT, "schema/operations"), join(ROOT, "package-lock.json")];
const DRAWN = new Set(["dist", "generated"]);

/** A name for the state of the sources: a build of the same name need not be made again. */
export function sourcesDigest(): string {
  const digest = createHash("sha256");
  for (const path of SOURCES.flatMap(filesAt))
    digest
      .update(`${relative(ROOT, path)}\n`)
      .update(readFileSync(path))
      .update("\n");
  return digest.digest("hex").slice(0, 16);
}

function filesAt(path: string): string[] {
  if (path.endsWith(".json")) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !DRAWN.has(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesAt(join(path, entry.name)) : [join(path, entry.name)],
    );
}
