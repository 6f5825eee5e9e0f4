import { In } from "typeorm";
import type { ProvincialDatabase } from "../provincial-database";
import { AgencyReportRecord } from "./agency-report.record";
import { DueRuleRecord } from "./due-rule.record";
import { ReporterRecord } from "./reporter.record";

export class AgencyReportRepository {
  constructor(private readonly database: ProvincialDatabase) {}

  /** Who owes, owed or will owe each yearly report. */
  reporters(): Promise<ReporterRecord[]> {
    return this.database.read((manager) => manager.find(ReporterRecord));
  }

  dueRules(codes: readonly string[]): Promise<DueRuleRecord[]> {
    return this.database.read((manager) =>
      manager.findBy(DueRuleRecord, { reportingDutyCode: In(codes) }),
    );
  }

  receivedFor(year: number): Promise<AgencyReportRecord[]> {
    return this.database.read((manager) => manager.findBy(AgencyReportRecord, { year }));
  }
}
