import { createHash, randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { LedgerWrite } from "../../ledger/ledger";
import type { ReportRecord } from "../institution.record";
import type { InstitutionRecords } from "../institution.repository";
import { bulkInsert } from "./bulk-insert";
import type { ImportHouse, Planned, SheetsToImport } from "./report-import";

const ROWS_AT_ONCE = 500;

/** Each institution's report of a year, read once for each year that a file is about. */
export class LatestReports {
  private readonly latest = new Map<number, Map<string, ReportRecord>>();
  private readonly sent = new Map<number, Map<string, ReportRecord>>();

  constructor(
    private readonly manager: EntityManager,
    private readonly records: InstitutionRecords,
  ) {}

  /** Reads a year, and the one before where figures are compared with it. */
  async know(year: number, withLastYear: boolean): Promise<void> {
    for (const each of withLastYear ? [year, year - 1] : [year]) {
      if (this.latest.has(each)) continue;
      const latest = new Map<string, ReportRecord>();
      const sent = new Map<string, ReportRecord>();
      this.latest.set(each, latest);
      this.sent.set(each, sent);
      const reports = await this.manager.find(this.records.report, {
        where: { year: each },
        order: { revision: "ASC" },
      });
      for (const report of reports) {
        latest.set(report.institutionId, report);
        const isSent = report.state === "SUBMITTED" || report.state === "APPROVED";
        if (isSent) sent.set(report.institutionId, report);
      }
    }
  }

  /** The latest revision, whatever its state. */
  of(institutionId: string, year: number): ReportRecord | null {
    return this.latest.get(year)?.get(institutionId) ?? null;
  }

  /** The latest revision that was submitted or approved. */
  sentOf(institutionId: string, year: number): ReportRecord | null {
    return this.sent.get(year)?.get(institutionId) ?? null;
  }
}

/** Writes judged rows a few at a time, and tells the ledger of all of them together. */
export class ReportWriter {
  private waiting: Planned[] = [];
  private written = 0;
  private readonly digest = createHash("sha256");
  private readonly state: Partial<ReportRecord>;
  private readonly auditSequence: number;

  constructor(
    private readonly ledger: LedgerWrite,
    private readonly house: ImportHouse,
    private readonly file: SheetsToImport,
    private readonly submit: boolean,
  ) {
    this.auditSequence = ledger.nextSequence;
    this.state = {
      state: submit ? "SUBMITTED" : "DRAFT",
      submittedAt: submit ? ledger.at : null,
      submittedBy: submit ? ledger.author.subject : null,
      returnReason: null,
    };
  }

  async add(planned: Planned): Promise<void> {
    const { institutionId, year, before, values, explanation } = planned;
    this.written += 1;
    this.digest.update(JSON.stringify([institutionId, year, values]));
    if (!before) {
      this.waiting.push(planned);
      if (this.waiting.length === ROWS_AT_ONCE) await this.flush();
      return;
    }
    const { auditSequence, state } = this;
    const row = { ...values, ...state, explanation, version: before.version + 1, auditSequence };
    await this.ledger.manager.update(this.house.records.report, { id: before.id }, row);
  }

  /** The last rows, and one entry about them all. */
  async end(): Promise<void> {
    await this.flush();
    if (this.written === 0) return;
    const { sha256 } = this.file;
    this.ledger.note({
      action: this.submit ? "IMPORT_AND_SUBMIT" : "IMPORT_REPORTS",
      recordId: `import:${sha256.slice(0, 32)}`,
      version: null,
      changes: [
        { field: "file", from: null, to: sha256 },
        { field: "reports", from: null, to: this.written },
        { field: "figures", from: null, to: this.digest.digest("hex") },
      ],
    });
  }

  private async flush(): Promise<void> {
    const { idPrefix } = this.house.entry;
    const owner = this.file.sector.toLowerCase().replaceAll("_", "-");
    await bulkInsert(
      this.ledger.manager,
      this.house.records.report,
      this.waiting,
      ({ institutionId, year, values, explanation }) => ({
        id: `${idPrefix}-report:${owner}:${randomUUID()}`,
        institutionId,
        year,
        revision: 1,
        ...this.state,
        version: 1,
        explanation,
        auditSequence: this.auditSequence,
        ...values,
      }),
    );
    this.waiting = [];
  }
}
