import { createHash } from "node:crypto";

/**
 * The root of a hash tree over the leaves in order (as RFC 6962 builds it: leaves and nodes are hashed apart, so that none
 * can be passed off as the other).
 */
export function treeRoot(leaves: readonly string[]): string {
  let level = leaves.map((leaf) => sha256(0, Buffer.from(leaf)));
  if (level.length === 0) return createHash("sha256").update("").digest("hex");
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const right = level[index + 1];
      above.push(right ? sha256(1, level[index]!, right) : level[index]!);
    }
    level = above;
  }
  return level[0]!.toString("hex");
}

/** The root of a whole sealed report: over its year, its reference and the roots of its trees, by name. */
export function reportRoot(
  year: number,
  referenceVersion: string,
  sealedAt: string,
  roots: ReadonlyMap<string, string>,
): string {
  const trees = [...roots].sort(([a], [b]) => (a < b ? -1 : 1));
  return treeRoot([
    JSON.stringify({ year, referenceVersion, sealedAt }),
    ...trees.map((each) => JSON.stringify(each)),
  ]);
}

function sha256(kind: 0 | 1, ...parts: Buffer[]): Buffer {
  const hash = createHash("sha256").update(Buffer.from([kind]));
  for (const part of parts) hash.update(part);
  return hash.digest();
}
