import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

/** One way to do the same work. */
export interface Contender<Result> {
  name: string;
  run: () => Promise<Result>;
}

/**
 * Runs the contenders in turn, A B C A B C, so that a machine whose speed drifts is unfair to none of them; the first
 * rounds warm up and are not counted. Returns each one's times in milliseconds.
 */
export async function sideBySide<Result>(
  contenders: readonly Contender<Result>[],
  { rounds, warmUp }: { rounds: number; warmUp: number },
): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const { name, run } of contenders) {
      const begin = performance.now();
      await run();
      if (round >= 0) times.get(name)!.push(performance.now() - begin);
    }
  }
  return times;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Prints the rows as a table and writes `bench/results/<name>.json`. */
export function publish(name: string, rows: readonly Record<string, string | number>[]): void {
  console.table(rows);
  const { dependencies } = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const result = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
    versions: dependencies,
    rows,
  };
  const folder = join(__dirname, "results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`bench/results/${name}.json`);
}
