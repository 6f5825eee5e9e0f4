import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import { tooLong, type Problem } from "../../entry/problem";
import { staleProblem } from "../../entry/stale-version";
import {
  changesBetween,
  type FieldChange,
  type LedgerWrite,
  type Outcome,
} from "../../ledger/ledger";
import type { ReportRecord } from "../institution.record";
import { notFound, reasonProblems, type EntryHouse } from "./entry-house";
import { isEmpty, jumpProblems, measureProblems, type MeasureValues } from "./measures";
import {
  emptyReport,
  isSubmitter,
  LONGEST_EXPLANATION,
  measuresOf,
  merged,
  notLatest,
  samePerson,
  stateProblems,
  versionProblems,
  yearProblems,
} from "./report-rules";

/** What is answered: the row as it was written. */
export interface WrittenReport {
  report: ReportRecord;
}

export interface SavedReport {
  institutionId: string;
  year: number;
  /** Null for the first save of a year. */
  version?: number | null;
  /** What is left out stays as it was; null says "not reported". */
  measures: MeasureValues;
  explanation?: string | null;
}

export interface ReportStep {
  id: string;
  version: number;
}

/** The life of a report: draft, submitted, sent back, approved; what is approved is corrected by a new revision only. */
export class ReportEntry {
  constructor(private readonly house: EntryHouse) {}

  async save(write: LedgerWrite, asked: SavedReport): Promise<Outcome<WrittenReport>> {
    const { records, agencies, today, design } = this.house;
    const institution = await write.manager.findOneBy(records.institution, {
      id: asked.institutionId,
    });
    if (!institution) return { problems: [notFound(["input", "id"])] };
    const latest = await this.latestOf(write.manager, asked.institutionId, asked.year);
    if (latest && asked.version != null) {
      const path = ["input", "version"];
      const stale = await staleProblem(write.manager, agencies, latest, asked.version, path);
      if (stale) return { problems: [stale] };
    }
    const before = latest ? measuresOf(design.book, latest) : {};
    const after = merged(design.book, before, asked.measures);
    const explanation = asked.explanation ?? latest?.explanation ?? null;
    const problems = [
      ...yearProblems(institution, asked.year, today),
      ...versionProblems(latest, asked.version ?? null),
      ...(latest ? stateProblems(latest, ["DRAFT", "RETURNED"], ["input"]) : []),
      ...measureProblems(design.book, after, ["input", "measures"]),
      ...tooLong(asked.explanation ?? "", LONGEST_EXPLANATION, ["input", "explanation"]),
    ];
    if (problems.length > 0) return { problems };
    const changes = changesBetween(
      { ...before, explanation: latest?.explanation ?? null },
      { ...after, explanation },
    );
    if (latest) {
      if (changes.length === 0) return { answer: { report: latest } };
      const row = { ...after, explanation, state: "DRAFT" };
      return this.step(write, latest, "SAVE_REPORT", changes, row);
    }
    return this.insert(write, "SAVE_REPORT", changes, null, {
      institutionId: institution.id,
      year: asked.year,
      revision: 1,
      explanation,
      ...after,
    });
  }

  submit(write: LedgerWrite, asked: ReportStep): Promise<Outcome<WrittenReport>> {
    return this.change(write, asked, ["DRAFT", "RETURNED"], async (report) => {
      const { book } = this.house.design;
      const values = measuresOf(this.house.design.book, report);
      const problems = isEmpty(book, values)
        ? [emptyReport]
        : report.explanation === null
          ? jumpProblems(book, values, await this.lastYear(write.manager, report), [
              "input",
              "measures",
            ])
          : [];
      const row = {
        state: "SUBMITTED",
        submittedAt: write.at,
        submittedBy: write.author.subject,
        returnReason: null,
      };
      return { problems, action: "SUBMIT_REPORT", row, reason: report.explanation };
    });
  }

  return(
    write: LedgerWrite,
    asked: ReportStep & { reason: string },
  ): Promise<Outcome<WrittenReport>> {
    return this.change(write, asked, ["SUBMITTED"], async () => ({
      problems: reasonProblems(asked.reason, ["input", "reason"]),
      action: "RETURN_REPORT",
      row: { state: "RETURNED", submittedAt: null, returnReason: asked.reason },
      reason: asked.reason,
    }));
  }

  approve(write: LedgerWrite, asked: ReportStep): Promise<Outcome<WrittenReport>> {
    return this.change(write, asked, ["SUBMITTED"], async ({ submittedBy }) => ({
      problems: isSubmitter(submittedBy, write.author.subject) ? [samePerson] : [],
      action: "APPROVE_REPORT",
      row: { state: "APPROVED", approvedAt: write.at },
      reason: null,
    }));
  }

  /** A new draft beside the approved report, with its figures; the approved one counts until the new one is approved. */
  async revise(
    write: LedgerWrite,
    asked: ReportStep & { reason: string },
  ): Promise<Outcome<WrittenReport>> {
    const found = await this.find(write.manager, asked);
    if (found.problems) return found;
    const { report } = found.answer;
    const latest = await this.latestOf(write.manager, report.institutionId, report.year);
    const problems = [
      ...stateProblems(report, ["APPROVED"], ["input", "id"]),
      ...(latest!.revision === report.revision ? [] : [notLatest(latest!)]),
      ...reasonProblems(asked.reason, ["input", "reason"]),
    ];
    if (problems.length > 0) return { problems };
    const values = measuresOf(this.house.design.book, report);
    return this.insert(write, "REVISE_REPORT", changesBetween({}, values), asked.reason, {
      institutionId: report.institutionId,
      year: report.year,
      revision: report.revision + 1,
      explanation: null,
      ...values,
    });
  }

  private async change(
    write: LedgerWrite,
    asked: ReportStep,
    states: readonly string[],
    judge: (report: ReportRecord) => Promise<{
      problems: Problem[];
      action: string;
      row: Partial<ReportRecord>;
      reason: string | null;
    }>,
  ): Promise<Outcome<WrittenReport>> {
    const found = await this.find(write.manager, asked);
    if (found.problems) return found;
    const { report } = found.answer;
    const wrongState = stateProblems(report, states, ["input", "id"]);
    if (wrongState.length > 0) return { problems: wrongState };
    const { problems, action, row, reason } = await judge(report);
    if (problems.length > 0) return { problems };
    const changes = [{ field: "state", from: report.state, to: row.state }];
    return this.step(write, report, action, changes, row, reason);
  }

  private async find(
    manager: EntityManager,
    { id, version }: ReportStep,
  ): Promise<Outcome<WrittenReport>> {
    const { records, agencies } = this.house;
    const report = await manager.findOneBy(records.report, { id });
    if (!report) return { problems: [notFound(["input", "id"])] };
    const stale = await staleProblem(manager, agencies, report, version, ["input", "version"]);
    return stale ? { problems: [stale] } : { answer: { report } };
  }

  private async step(
    write: LedgerWrite,
    report: ReportRecord,
    action: string,
    changes: FieldChange[],
    row: Partial<ReportRecord>,
    reason: string | null = null,
  ): Promise<Outcome<WrittenReport>> {
    const version = report.version + 1;
    const auditSequence = write.note({ action, recordId: report.id, version, changes, reason });
    const written = { ...row, version, auditSequence };
    await write.manager.update(this.house.records.report, { id: report.id }, written);
    return { answer: { report: Object.assign(report, written) } };
  }

  private async insert(
    write: LedgerWrite,
    action: string,
    changes: FieldChange[],
    reason: string | null,
    row: Partial<ReportRecord> & { institutionId: string },
  ): Promise<Outcome<WrittenReport>> {
    const { records, design } = this.house;
    const owner = row.institutionId.split(":")[1]!;
    const id = `${design.idPrefix}-report:${owner}:${randomUUID()}`;
    const auditSequence = write.note({ action, recordId: id, version: 1, changes, reason });
    const report = Object.assign(new records.report(), {
      id,
      state: "DRAFT",
      submittedAt: null,
      approvedAt: null,
      returnReason: null,
      submittedBy: null,
      version: 1,
      auditSequence,
      ...row,
    });
    await write.manager.insert(records.report, report);
    return { answer: { report } };
  }

  private latestOf(
    manager: EntityManager,
    institutionId: string,
    year: number,
  ): Promise<ReportRecord | null> {
    return manager.findOne(this.house.records.report, {
      where: { institutionId, year },
      order: { revision: "DESC" },
    });
  }

  /** The figures of the year before that count, or would once approved. */
  private async lastYear(
    manager: EntityManager,
    { institutionId, year }: ReportRecord,
  ): Promise<MeasureValues | null> {
    const reports = await manager.find(this.house.records.report, {
      where: { institutionId, year: year - 1 },
      order: { revision: "DESC" },
    });
    const sent = reports.find(({ state }) => state === "APPROVED" || state === "SUBMITTED");
    return sent ? measuresOf(this.house.design.book, sent) : null;
  }
}
