import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { composeHub } from "./composition";
import {
  breakingChanges,
  drift,
  operationProblems,
  type FieldUsage,
  type OperationFile,
} from "./findings";
import { readGraphs, ROOT } from "./graphs";
import { readUsage } from "./usage";

const HUB = "schema/hub.graphql";
const SUPERGRAPH = "schema/supergraph.graphql";
const OPERATIONS = "schema/operations";

function git(...words: string[]): string | null {
  try {
    return execFileSync("git", words, {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch {
    return null;
  }
}

/** The schema that clients rely on now. Null: the tree has no history, or the schema is in none of it. */
function committedHub(base: string | undefined): string | null {
  const commit = base === undefined ? "HEAD" : git("merge-base", "HEAD", base)?.trim();
  if (!commit)
    throw new Error(`Không có nhánh hay commit "${base}". / No branch or commit "${base}".`);
  return git("show", `${commit}:${HUB}`);
}

function readIfThere(path: string): string | null {
  return existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), "utf8") : null;
}

function readOperations(): OperationFile[] {
  return readdirSync(join(ROOT, OPERATIONS))
    .filter((name) => name.endsWith(".graphql"))
    .sort()
    .map((name) => join(OPERATIONS, name))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}

/**
 * Refuses what would surprise a client: committed files that are not what the subgraphs say, a change that breaks a query
 * written against `base` (a branch or commit; the last commit unless given), an operation that no longer fits. With `usage`, a
 * change to a field that no client asks for is only told.
 */
function check(base: string | undefined, usage: FieldUsage | undefined): void {
  const composed = composeHub(readGraphs());
  const operations = readOperations();
  const before = committedHub(base);
  const today = new Date().toISOString().slice(0, 10);
  const { breaking, dangerous, unused } =
    before === null
      ? { breaking: [], dangerous: [], unused: [] }
      : breakingChanges(before, composed.hub, today, usage);
  const problems = [
    ...drift({
      path: SUPERGRAPH,
      composed: composed.supergraph,
      committed: readIfThere(SUPERGRAPH),
    }),
    ...drift({ path: HUB, composed: composed.hub, committed: readIfThere(HUB) }),
    ...breaking,
    ...operationProblems(composed.hubSchema, operations),
  ];
  for (const change of unused) console.log(`Không ai dùng / Used by nobody: ${change}`);
  for (const change of dangerous) console.log(`Nên xem lại / Worth a look: ${change}`);
  if (problems.length > 0) {
    throw new Error(
      `Lược đồ chưa đạt. / The schema does not pass:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    );
  }
  console.log(
    `Lược đồ đạt: ${operations.length} tệp truy vấn còn dùng được, ${before === null ? "chưa có bản trước để so" : "không thay đổi nào gây hỏng"}. / ` +
      `The schema passes: ${operations.length} operation files fit, ${before === null ? "nothing committed to compare with" : "no breaking change"}.`,
  );
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { usage: { type: "string" } },
    allowPositionals: true,
  });
  check(positionals[0], values.usage === undefined ? undefined : await readUsage(values.usage));
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
