import type { ProvincialDatabase } from "../provincial-database";
import type { PublicFigure } from "./hub-figures";
import { reportRoot, treeRoot } from "./hash-tree";
import { SealedLeafRecord, SealedReportRecord } from "./sealed-report.record";

/** What was sealed, and whether it still is what it was. */
export class SealedReportRepository {
  constructor(private readonly database: ProvincialDatabase) {}

  ofYear(year: number): Promise<SealedReportRecord | null> {
    return this.database.read((manager) => manager.findOneBy(SealedReportRecord, { year }));
  }

  /** The leaves of every tree, in their order. */
  async treesOf(year: number): Promise<Map<string, string[]>> {
    const leaves = await this.database.read((manager) =>
      manager.find(SealedLeafRecord, { where: { year }, order: { tree: "ASC", ordinal: "ASC" } }),
    );
    const trees = new Map<string, string[]>();
    for (const { tree, content } of leaves) {
      const known = trees.get(tree);
      if (known) known.push(content);
      else trees.set(tree, [content]);
    }
    return trees;
  }

  /** The pooled figures, in the order in which they were sealed. */
  async figuresOf(year: number): Promise<PublicFigure[]> {
    const leaves = (await this.treesOf(year)).get("PLAN") ?? [];
    return leaves.map((content) => JSON.parse(content) as PublicFigure);
  }

  async rootsOf(year: number): Promise<Map<string, string>> {
    const report = await this.ofYear(year);
    return report?.state === "SEALED" ? rootsOf(await this.treesOf(year)) : new Map();
  }

  /** Whether the leaves that are stored still give the root that was sealed. Null: the year is not sealed. */
  async isIntact(year: number): Promise<boolean | null> {
    const report = await this.ofYear(year);
    if (report?.state !== "SEALED") return null;
    const { referenceVersion, sealedAt, root } = report;
    const trees = await this.treesOf(year);
    return reportRoot(year, referenceVersion!, sealedAt!, rootsOf(trees)) === root;
  }
}

/** Trees without leaves have a root as well: every sector has its tree, though it may have nothing to show. */
function rootsOf(trees: ReadonlyMap<string, string[]>): Map<string, string> {
  const names = new Set([
    "PLAN",
    "CULTURE",
    "EDUCATION",
    "ARMED_FORCES",
    "LABOUR",
    ...trees.keys(),
  ]);
  return new Map([...names].map((name) => [name, treeRoot(trees.get(name) ?? [])]));
}
