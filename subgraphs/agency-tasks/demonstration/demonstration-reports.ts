import { SeededRandom } from "../../foundation/institution/demonstration";
import type { AgencyReportRecord } from "../agency-report/agency-report.record";
import type { DueRuleRecord } from "../agency-report/due-rule.record";
import type { ReporterRecord } from "../agency-report/reporter.record";
import { holdsOn } from "../validity";

const SEED = 2030;

/** How likely a report is to arrive at all; that of 2026 is not due before 2027. */
const ARRIVES: Record<number, number> = { 2022: 0.7, 2023: 0.88, 2024: 0.92, 2025: 0.85 };

/** Yearly reports as they arrive: most in the last weeks before the day, some late, some never. */
export function demonstrationReports(
  reporters: readonly ReporterRecord[],
  rules: readonly DueRuleRecord[],
): Omit<AgencyReportRecord, "id">[] {
  const random = new SeededRandom(SEED);
  return reporters.flatMap((reporter) =>
    Object.entries(ARRIVES).flatMap(([key, likelihood]) => {
      const year = Number(key);
      const isLate = random.chance(0.22);
      const days = isLate ? random.between(1, 75) : -random.between(0, 30);
      const arrives = random.chance(likelihood);
      const rule = rules.find((each) => each.reportingDutyCode === reporter.reportingDutyCode);
      if (!arrives || !rule || !holdsOn(reporter, `${year}-12-31`)) return [];
      const received = new Date(Date.UTC(year + 1, rule.month - 1, rule.day + days));
      return [
        {
          agencyId: reporter.agencyId,
          reportingDutyCode: reporter.reportingDutyCode,
          year,
          receivedOn: received.toISOString().slice(0, 10),
          demonstration: true,
        },
      ];
    }),
  );
}
