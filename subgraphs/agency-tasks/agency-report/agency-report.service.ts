import { lastDayOf, requirePlanYear, type Day } from "../../foundation/calendar";
import type { createAgencyLoaders } from "../agency/agency.loaders";
import type { AgencyRecord } from "../agency/agency.record";
import type { createPlanLoaders } from "../plan/plan.loaders";
import type { PlanPartRecord } from "../plan/plan-part.record";
import { holdsOn } from "../validity";
import type { AgencyReportRepository } from "./agency-report.repository";

export interface ReportingStatus {
  agency: AgencyRecord;
  reportingDuty: PlanPartRecord<"REPORTING_DUTY">;
  year: number;
  dueOn: Day | null;
  dueRule: string | null;
  dueRuleEn: string | null;
  receivedOn: Day | null;
  state: "EXPECTED" | "ON_TIME" | "LATE" | "OVERDUE";
  basis: string;
  demonstration: boolean;
}

type Loaders = ReturnType<typeof createAgencyLoaders> & ReturnType<typeof createPlanLoaders>;

/** Which yearly reports are owed for a year, by when, and whether they have arrived. */
export class AgencyReportService {
  constructor(
    private readonly reports: AgencyReportRepository,
    private readonly loaders: Loaders,
    private readonly today: Day,
  ) {}

  /**
   * Those who owe the report on 31 December of the year: an agency that ended within it is followed by its successor.
   * @throws BAD_USER_INPUT outside the plan's years.
   */
  async statusFor(year: number): Promise<ReportingStatus[]> {
    requirePlanYear(year);
    const [duties, reporters, received] = await Promise.all([
      this.loaders.partsOfPlan("REPORTING_DUTY"),
      this.reports.reporters(),
      this.reports.receivedFor(year),
    ]);
    const rules = await this.reports.dueRules(duties.map(({ code }) => code));
    const statuses = await Promise.all(
      reporters
        .filter((reporter) => holdsOn(reporter, lastDayOf(year)))
        .map(async ({ reportingDutyCode, agencyId, basis }) => {
          const rule = rules.find((each) => each.reportingDutyCode === reportingDutyCode);
          const report = received.find(
            (each) => each.agencyId === agencyId && each.reportingDutyCode === reportingDutyCode,
          );
          const dueOn = rule ? dayOf(year + 1, rule.month, rule.day) : null;
          const receivedOn = report?.receivedOn ?? null;
          return {
            agency: await this.loaders.agencyById.load(agencyId),
            reportingDuty: duties.find(({ code }) => code === reportingDutyCode)!,
            year,
            dueOn,
            dueRule: rule?.basis ?? null,
            dueRuleEn: rule?.basisEn ?? null,
            receivedOn,
            state: stateOf(dueOn, receivedOn, this.today),
            basis,
            demonstration: report?.demonstration ?? false,
          };
        }),
    );
    return statuses
      .filter((status): status is ReportingStatus => status.agency !== null)
      .sort(
        (a, b) =>
          a.reportingDuty.ordinal - b.reportingDuty.ordinal || a.agency.ordinal - b.agency.ordinal,
      );
  }
}

function dayOf(year: number, month: number, day: number): Day {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The due day itself is still in time; without a due day nothing is ever late. */
function stateOf(dueOn: Day | null, receivedOn: Day | null, today: Day): ReportingStatus["state"] {
  if (receivedOn !== null) return dueOn !== null && receivedOn > dueOn ? "LATE" : "ON_TIME";
  return dueOn !== null && today > dueOn ? "OVERDUE" : "EXPECTED";
}
