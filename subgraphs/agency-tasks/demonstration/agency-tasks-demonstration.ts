import { createHash } from "node:crypto";
import type { Database } from "../../foundation/database";
import { AgencyReportRecord } from "../agency-report/agency-report.record";
import { ReporterRecord } from "../agency-report/reporter.record";
import { DutyProgressRecord } from "../duty-progress/duty-progress.record";
import { DutyAgencyRecord } from "../duty/duty-agency.record";
import { DutyRecord } from "../duty/duty.record";
import { DueRuleRecord } from "../agency-report/due-rule.record";
import { demonstrationProgress } from "./demonstration-progress";
import { demonstrationReports } from "./demonstration-reports";

/** Rows of one statement: far below every engine's limit on parameters. */
const CHUNK = 500;

/**
 * Fills the reports of agencies with generated ones, marked as such; the same on every machine.
 * @throws when anything has been reported already, or the reference has not been loaded; nothing is written then.
 */
export async function loadAgencyTasksDemonstration(
  database: Database,
): Promise<{ progress: number; reports: number }> {
  return database.write(async (manager) => {
    const standing =
      (await manager.count(DutyProgressRecord)) + (await manager.count(AgencyReportRecord));
    if (standing > 0) {
      throw new Error(
        `${database.name}: đã có báo cáo, không nạp dữ liệu minh họa. / ${database.name} holds reports already; no demonstration data loaded.`,
      );
    }
    const duties = await manager.find(DutyRecord, { order: { ordinal: "ASC" } });
    if (duties.length === 0) {
      throw new Error(
        `${database.name}: chưa nạp tệp tham chiếu; hãy chạy \`npm run db:migrate\` trước. / ${database.name} has no reference yet; run \`npm run db:migrate\` first.`,
      );
    }
    const holders = await manager.find(DutyAgencyRecord, {
      where: { part: "HOLDS" },
      order: { agencyId: "ASC" },
    });
    const reporters = await manager.find(ReporterRecord, {
      order: { reportingDutyCode: "ASC", agencyId: "ASC" },
    });
    const progress = demonstrationProgress(duties, holders).map(named);
    const reports = demonstrationReports(reporters, await manager.find(DueRuleRecord)).map(named);
    for (let start = 0; start < progress.length; start += CHUNK)
      await manager.insert(DutyProgressRecord, progress.slice(start, start + CHUNK));
    for (let start = 0; start < reports.length; start += CHUNK)
      await manager.insert(AgencyReportRecord, reports.slice(start, start + CHUNK));
    return { progress: progress.length, reports: reports.length };
  });
}

/** Whether any agency has reported anything, for demonstration or in earnest. */
export function hasReports(database: Database): Promise<boolean> {
  return database.read(
    async (manager) =>
      (await manager.exists(DutyProgressRecord)) || (await manager.exists(AgencyReportRecord)),
  );
}

/** An id that follows from what the row is about, so that it too is the same on every machine. */
function named<Row extends { agencyId: string; year: number }>(row: Row): Row & { id: string } {
  const about = JSON.stringify([row, "demonstration"]);
  return { ...row, id: createHash("sha256").update(about).digest("hex").slice(0, 32) };
}
