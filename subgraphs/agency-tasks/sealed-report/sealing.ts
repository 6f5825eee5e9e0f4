import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import { FIRST_YEAR, LAST_YEAR, type Day } from "../../foundation/calendar";
import { problem } from "../../foundation/entry/problem";
import type { Author, Ledger, LedgerWrite, Outcome } from "../../foundation/ledger/ledger";
import { SECTORS } from "../../foundation/sector";
import { ReferenceVersionRecord } from "../reference/reference-version.record";
import { reportRoot, treeRoot } from "./hash-tree";
import { collectFigures, collectReports, type AskHub } from "./hub-figures";
import { SealedLeafRecord, SealedReportRecord } from "./sealed-report.record";

/** A sealing that was begun so long ago has died with its process. */
const GIVEN_UP_AFTER_MS = 10 * 60_000;
const ROWS_AT_ONCE = 200;

/** Freezes a year's figures: first that it is to be done is written, then, when all of them are had, what they were. */
export class Sealing {
  constructor(
    private readonly ledger: Ledger,
    private readonly ask: AskHub,
    private readonly provinceCode: string,
    private readonly today: Day,
  ) {}

  async begin(write: LedgerWrite, year: number): Promise<Outcome<{ report: SealedReportRecord }>> {
    const { manager, at, author } = write;
    const last = Math.min(Number(this.today.slice(0, 4)), LAST_YEAR);
    if (year < FIRST_YEAR || year > last) {
      return {
        problems: [
          problem(
            "WRONG_YEAR",
            ["input", "year"],
            [
              `Năm phải từ ${FIRST_YEAR} đến ${last}, đã nhận ${year}.`,
              `The year must be from ${FIRST_YEAR} to ${last}; got ${year}.`,
            ],
          ),
        ],
      };
    }
    const known = await manager.findOneBy(SealedReportRecord, { year });
    const isUnderWay =
      known?.state === "SEALING" &&
      at.getTime() - Date.parse(known.requestedAt) < GIVEN_UP_AFTER_MS;
    if (known?.state === "SEALED" || isUnderWay) {
      return {
        problems: [
          problem(
            "WRONG_STATE",
            ["input", "year"],
            [
              `Báo cáo năm ${year} ${isUnderWay ? "đang được niêm phong" : `đã niêm phong lúc ${known.sealedAt!}`}.`,
              `The report for ${year} ${isUnderWay ? "is being sealed" : `was sealed at ${known.sealedAt!}`}.`,
            ],
          ),
        ],
      };
    }
    write.note({
      action: "SEAL_REPORT",
      recordId: `sealed-report:${year}`,
      version: null,
      changes: [{ field: "state", from: known?.state ?? null, to: "SEALING" }],
    });
    const report = Object.assign(new SealedReportRecord(), {
      year,
      state: "SEALING",
      failure: null,
      agencyId: author.agencyId,
      requestedAt: at.toISOString(),
      sealedAt: null,
      referenceVersion: null,
      root: null,
    });
    await manager.save(report);
    return { answer: { report } };
  }

  /** Collects and seals; what goes wrong is written as the reason, and the year can be tried again. */
  async finish(author: Author, year: number): Promise<void> {
    try {
      const trees = await this.collect(year);
      await this.conclude(author, year, "sealed", async (write) => {
        const sealedAt = write.at.toISOString();
        const referenceVersion = await readReferenceVersion(write.manager);
        const roots = new Map([...trees].map(([name, leaves]) => [name, treeRoot(leaves)]));
        const root = reportRoot(year, referenceVersion, sealedAt, roots);
        const leaves = [...trees].flatMap(([tree, contents]) =>
          contents.map((content, ordinal) => ({ year, tree, ordinal, content })),
        );
        for (let start = 0; start < leaves.length; start += ROWS_AT_ONCE)
          await write.manager.insert(SealedLeafRecord, leaves.slice(start, start + ROWS_AT_ONCE));
        return { state: "SEALED", failure: null, sealedAt, referenceVersion, root };
      });
    } catch (error) {
      const failure = (error instanceof Error ? error.message : String(error)).slice(0, 500);
      await this.conclude(author, year, "failed", async () => ({ state: "FAILED", failure }));
    }
  }

  /** The leaves of each tree, in an order that does not depend on how they came. */
  private async collect(year: number): Promise<Map<string, string[]>> {
    const { figures, shares } = await collectFigures(this.ask, this.provinceCode, year);
    const reports = await collectReports(this.ask, this.provinceCode, year);
    const trees = new Map<string, string[]>([
      ["PLAN", figures.map((each) => JSON.stringify(each))],
    ]);
    for (const sector of SECTORS) {
      const judged = reports.filter((each) => each.sector === sector);
      const leaves = [...(shares.get(sector) ?? []), ...judged].map((each) => JSON.stringify(each));
      trees.set(sector, leaves.sort());
    }
    return trees;
  }

  private async conclude(
    author: Author,
    year: number,
    how: string,
    work: (write: LedgerWrite) => Promise<Partial<SealedReportRecord>>,
  ): Promise<void> {
    const idempotencyKey = `${how}-${year}-${Date.now()}`;
    const command = { name: "finishSealing", idempotencyKey, request: year };
    await this.ledger.write(author, command, async (write) => {
      const after = await work(write);
      write.note({
        action: "SEAL_REPORT",
        recordId: `sealed-report:${year}`,
        version: null,
        changes: [
          { field: "state", from: "SEALING", to: after.state },
          { field: "root", from: null, to: after.root ?? null },
        ],
        reason: after.failure ?? null,
      });
      await write.manager.update(SealedReportRecord, { year }, after);
      return { answer: {} };
    });
  }
}

async function readReferenceVersion(manager: EntityManager): Promise<string> {
  const files = await manager.find(ReferenceVersionRecord, { order: { file: "ASC" } });
  const text = files.map(({ file, sha256 }) => `${file} ${sha256}`).join("\n");
  return createHash("sha256").update(text).digest("hex");
}
