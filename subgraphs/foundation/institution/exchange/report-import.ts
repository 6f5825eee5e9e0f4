import { randomUUID } from "node:crypto";
import type { Day } from "../../calendar";
import { tooLong, type Problem } from "../../entry/problem";
import type { Author, Ledger, LedgerWrite } from "../../ledger/ledger";
import type { Rights } from "../../rights/rights";
import type { Sector } from "../../sector";
import type { ReadRecords, SheetRecord } from "../../sheet/columns";
import type { SheetProblem } from "../../sheet/sheet-problem";
import type { Territory } from "../../territory/territory";
import type { EntryDesign } from "../entry/entry-house";
import { isEmpty, jumps, measureProblems } from "../entry/measures";
import { LONGEST_EXPLANATION, measuresOf, merged, yearProblems } from "../entry/report-rules";
import type { ReportRecord } from "../institution.record";
import type { InstitutionRecords } from "../institution.repository";
import { reportsFor } from "./exchange-rights";
import { LatestReports, ReportWriter } from "./report-writer";
import { InstitutionIndex, type KnownInstitution } from "./institution-index";

/** The sheets of one file, read and found to be reports of one sector. */
export interface SheetsToImport {
  sector: Sector;
  /** The year of rows that name none. */
  year: number | null;
  sheets: { name: string; read: ReadRecords }[];
  /** How many rows there may be, for a progress bar. */
  rowsAtMost: number;
  /** Of the file, for the ledger. */
  sha256: string;
}

export interface ImportOptions {
  /** Submits what it writes; left out, drafts are saved. */
  submit: boolean;
  /** Judges everything and writes nothing. */
  dryRun: boolean;
  /** Hears how far it has come. */
  tell?: (done: number, all: number) => void;
}

export interface ImportResult {
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  /** False for a dry run, and when there are errors: then nothing is written. */
  written: boolean;
  problems: SheetProblem[];
}

export interface ImportHouse {
  records: InstitutionRecords;
  entry: EntryDesign;
  territory: Territory;
  today: Day;
}

/** A row of a sheet. */
interface Row {
  record: SheetRecord;
  sheet: string;
  found: ReadRecords["found"];
}

/** What is to be written of one row. */
export interface Planned {
  institutionId: string;
  year: number;
  before: ReportRecord | null;
  values: Readonly<Record<string, unknown>>;
  explanation: string | null;
}

/** Writes the reports of a file: all of them in one transaction, or none when anything is wrong with any. */
export class ReportImport {
  private readonly problems: SheetProblem[] = [];
  private isWrong = false;
  private counts = { created: 0, changed: 0, unchanged: 0 };
  private readonly isOwn: (unitId: string | null) => boolean;

  constructor(
    private readonly house: ImportHouse,
    private readonly ledger: Ledger,
    rights: Rights,
    private readonly author: Author,
  ) {
    this.isOwn = reportsFor(rights);
  }

  /**
   * One pass: rows are written as they are judged, and taken back with the transaction as soon as anything is wrong, so that
   * a long file is never in memory whole.
   */
  async run(file: SheetsToImport, options: ImportOptions): Promise<ImportResult> {
    const command = { name: "importReports", idempotencyKey: randomUUID(), request: file.sha256 };
    let rows = 0;
    const outcome = await this.ledger.write(this.author, command, async (write) => {
      rows = await this.judgeAndWrite(write, file, options);
      const isNothing = this.counts.created + this.counts.changed === 0;
      if (this.isWrong || options.dryRun || isNothing) return { problems: [] };
      return { answer: {} };
    });
    const problems = [...file.sheets.flatMap(({ read }) => read.problems), ...this.problems];
    return { rows, ...this.counts, written: outcome.answer !== undefined, problems };
  }

  private async judgeAndWrite(
    write: LedgerWrite,
    file: SheetsToImport,
    { submit, dryRun, tell }: ImportOptions,
  ): Promise<number> {
    const { records, territory } = this.house;
    const index = await InstitutionIndex.read(write.manager, records, territory);
    const reports = new LatestReports(write.manager, records);
    const seen = new Map<string, string>();
    const writer = new ReportWriter(write, this.house, file, submit);
    let rows = 0;
    for (const { name, read } of file.sheets) {
      let told = 0;
      for (const record of read.records) {
        rows += 1;
        const row = { record, sheet: name, found: read.found };
        const year = (record.values.year as number | null | undefined) ?? file.year;
        if (year !== null) await reports.know(year, submit);
        const planned = this.planRow(row, year, index, reports, seen, submit);
        for (; told < read.problems.length; told += 1)
          this.isWrong ||= read.problems[told]!.severity === "ERROR";
        if (planned && !dryRun && !this.isWrong) await writer.add(planned);
        if (rows % 500 === 0) tell?.(rows, Math.max(rows, file.rowsAtMost));
      }
    }
    if (!this.isWrong && !dryRun) await writer.end();
    tell?.(file.rowsAtMost, file.rowsAtMost);
    return rows;
  }

  private planRow(
    row: Row,
    year: number | null,
    index: InstitutionIndex,
    reports: LatestReports,
    seen: Map<string, string>,
    submit: boolean,
  ): Planned | null {
    const { book } = this.house.entry;
    const given = row.record.values;
    const text = (key: string) => (given[key] as string | null | undefined) ?? null;
    // A row of a template that nobody has filled in yet.
    if (isEmpty(book, given)) return null;
    const match = index.find(text("code"), text("name"), text("unit"));
    if (!match.institution)
      this.tell(row, text("code") === null ? "name" : "code", match.code, match.vi, match.en);
    if (year === null)
      this.tell(row, "year", "REQUIRED", "Cần năm báo cáo.", "The report's year is needed.");
    const { institution } = match;
    if (!institution || year === null) {
      // What is wrong with the figures themselves is told all the same, so that one mending is enough.
      this.tellAll(row, measureProblems(book, merged(book, {}, given), []));
      return null;
    }
    if (!this.isOwn(institution.unitId)) {
      this.tell(
        row,
        "code",
        "FORBIDDEN",
        `${institution.code} nằm ngoài địa bàn của mã truy cập này.`,
        `${institution.code} is outside the units of this token.`,
      );
      return null;
    }
    const key = `${institution.id} ${year}`;
    const twin = seen.get(key);
    if (twin) {
      this.tell(
        row,
        "code",
        "DOUBLED_ROW",
        `${institution.code} năm ${year} đã có ở dòng ${twin}; hãy bỏ một dòng.`,
        `${institution.code} for ${year} is there already (${twin}); remove one.`,
      );
      return null;
    }
    seen.set(key, `${row.sheet}, ${row.record.line}`);
    const before = reports.of(institution.id, year);
    const values = merged(book, before ? measuresOf(book, before) : {}, given);
    const explanation = text("explanation") ?? before?.explanation ?? null;
    const planned = { institutionId: institution.id, year, before, values, explanation };
    return this.isAllowed(planned, row, institution, reports, submit) ? planned : null;
  }

  /** Judges the values, counts what would come of them, and says whether there is anything to write. */
  private isAllowed(
    { year, before, values, explanation }: Planned,
    row: Row,
    institution: KnownInstitution,
    reports: LatestReports,
    submit: boolean,
  ): boolean {
    const { book } = this.house.entry;
    const isSame =
      before !== null &&
      JSON.stringify(measuresOf(book, before)) === JSON.stringify(values) &&
      before.explanation === explanation;
    const isSent = before?.state === "SUBMITTED" || before?.state === "APPROVED";
    if (isSame && (isSent || !submit)) {
      this.counts.unchanged += 1;
      return false;
    }
    if (isSent) {
      this.tell(
        row,
        "code",
        "LOCKED",
        `Báo cáo năm ${year} của ${institution.code} ${before.state === "APPROVED" ? "đã duyệt; hãy mở lần sửa mới" : "đã nộp; hãy đề nghị trả lại"} trước khi nhập số khác.`,
        `The report of ${institution.code} for ${year} is ${before.state === "APPROVED" ? "approved; begin a new revision" : "submitted; have it sent back"} before other figures are imported.`,
      );
      return false;
    }
    const wrong = [
      ...yearProblems(institution, year, this.house.today),
      ...measureProblems(book, values, []),
      ...tooLong(explanation ?? "", LONGEST_EXPLANATION, ["explanation"]),
    ];
    this.tellAll(row, wrong);
    if (submit && explanation === null) {
      const last = reports.sentOf(institution.id, year - 1);
      for (const { measure, before: then, now } of jumps(
        book,
        values,
        last ? measuresOf(book, last) : null,
      )) {
        this.tell(
          row,
          measure.key,
          "EXPLANATION_NEEDED",
          `${measure.labels.vi}: năm trước ${then}, năm nay ${now}. Nếu đúng, hãy ghi lý do ở cột Giải trình.`,
          `${measure.labels.en}: ${then} last year, ${now} this year. If that is right, say why in the column Giải trình.`,
        );
      }
    }
    this.counts[before ? "changed" : "created"] += 1;
    return true;
  }

  private tellAll(row: Row, problems: readonly Problem[]): void {
    for (const { code, path, messages } of problems)
      this.tell(row, path.at(-1)!, code, messages.vi, messages.en);
  }

  private tell(row: Row, key: string, code: string, vi: string, en: string): void {
    this.isWrong = true;
    const place = row.found.get(key) ?? { column: null, header: null };
    this.problems.push({
      severity: "ERROR",
      code,
      sheet: row.sheet,
      line: row.record.line,
      ...place,
      vi,
      en,
    });
  }
}
