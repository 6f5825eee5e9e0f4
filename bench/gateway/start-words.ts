import { readFileSync } from "node:fs";
import { join } from "node:path";

const { scripts } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

/** What `package.json` starts the gateway by: in a process of its own, where there is little memory, with the subgraphs in it. */
export type Start = "start:gateway" | "start:gateway:small" | "start";

/** The words after `node`. */
export const startWords = (start: Start): string[] => scripts[start]!.split(" ").slice(1);

/** Of these words, those that say how much memory the process may take before it collects. */
export const memoryWords = (start: Start): string[] =>
  startWords(start).filter((word) => word.startsWith("--max-"));
