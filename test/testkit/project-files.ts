import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const ROOT = resolve(__dirname, "../..");

/** What git does not keep, or what a program drew. */
const NOT_OURS = new Set([
  "node_modules",
  ".git",
  "data",
  "generated",
  "assets",
  "coverage",
  "results",
  "dist",
  "screenshots",
]);

/** Every file of the project below the folder, as its path from the root; whether or not git is there to ask. */
export function projectFiles(folder = ""): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name) && !/^\.env$/u.test(name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? projectFiles(path) : [path];
    })
    .sort();
}

export function readProjectFile(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
