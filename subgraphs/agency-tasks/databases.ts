import { join } from "node:path";
import { Database, type DatabaseOptions } from "../foundation/database";
import { ledgerRecords } from "../foundation/ledger/ledger.record";
import { migrations } from "./database/migrations";
import { AdministrativeUnitRecord } from "./administrative-unit/administrative-unit.record";
import { UnitNameRecord } from "./administrative-unit/unit-name.record";
import { UnitSuccessionRecord } from "./administrative-unit/unit-succession.record";
import { AgencyReportRecord } from "./agency-report/agency-report.record";
import { DueRuleRecord } from "./agency-report/due-rule.record";
import { ReporterRecord } from "./agency-report/reporter.record";
import { AgencyRecord } from "./agency/agency.record";
import { AgencySuccessionRecord } from "./agency/agency-succession.record";
import { DutyProgressRecord } from "./duty-progress/duty-progress.record";
import { DutyRecord } from "./duty/duty.record";
import { DutyAgencyRecord } from "./duty/duty-agency.record";
import { IndicatorRecord } from "./indicator/indicator.record";
import { MilestoneRecord } from "./indicator/milestone.record";
import { ResponsibilityRecord } from "./indicator/responsibility.record";
import { PlanRecord } from "./plan/plan.record";
import { PlanPartRecord } from "./plan/plan-part.record";
import { SealedLeafRecord, SealedReportRecord } from "./sealed-report/sealed-report.record";
import { ReferenceVersionRecord } from "./reference/reference-version.record";

/** The provincial database: in `<DATA_DIRECTORY>/agency-tasks` unless a server is configured. */
export function openAgencyTasksDatabase(
  environment: { DATA_DIRECTORY: string; AGENCY_TASKS_DATABASE_URL?: string | undefined },
  options: Pick<DatabaseOptions, "onStatement" | "deadlineMs" | "log"> = {},
): Database {
  return new Database({
    name: "agency-tasks",
    url: environment.AGENCY_TASKS_DATABASE_URL,
    file: join(environment.DATA_DIRECTORY, "agency-tasks", "agency-tasks.sqlite"),
    records: [
      AdministrativeUnitRecord,
      UnitNameRecord,
      UnitSuccessionRecord,
      AgencyReportRecord,
      DueRuleRecord,
      ReporterRecord,
      AgencyRecord,
      AgencySuccessionRecord,
      DutyProgressRecord,
      DutyRecord,
      DutyAgencyRecord,
      IndicatorRecord,
      MilestoneRecord,
      ResponsibilityRecord,
      PlanRecord,
      PlanPartRecord,
      ReferenceVersionRecord,
      SealedReportRecord,
      SealedLeafRecord,
      ...ledgerRecords,
    ],
    migrations,
    ...options,
  });
}
