import { In, type EntityManager } from "typeorm";
import { lastDayOf, type Day } from "../calendar";
import type { Database } from "../database";
import type { InstitutionRecords } from "./institution.repository";
import { days } from "./institution-sql";

/** Institutions of one place and one managing agency that owe a report for a year, and how far they have come. */
export interface ReportingCount {
  unitId: string | null;
  agencyId: string | null;
  expected: number;
  received: number;
  approved: number;
  onTime: number;
}

/** How far one owner's institutions have reported: one statement for all units and agencies. */
export class ReportingRepository {
  constructor(
    private readonly database: Database,
    private readonly records: InstitutionRecords,
  ) {}

  /** @param dueOn the last day in time, in Việt Nam. */
  countFor(year: number, dueOn: Day): Promise<ReportingCount[]> {
    return this.database.read(async (manager) => {
      const nameOf = (record: new () => object) => manager.dataSource.getMetadata(record).tableName;
      const { institution, placement, report } = this.records;
      const held = days.placed("p", "i", lastDayOf(year));
      const sent = (more: string) =>
        `SUM(CASE WHEN EXISTS (SELECT 1 FROM ${nameOf(report)} r WHERE r.institution_id = i.id AND r.year = ? AND r.state IN ('SUBMITTED', 'APPROVED')${more}) THEN 1 ELSE 0 END)`;
      // The first moment of the day after, in Việt Nam.
      const tooLate = new Date(Date.parse(`${dueOn}T00:00:00+07:00`) + 86_400_000);
      const column = manager.dataSource
        .getMetadata(report)
        .findColumnWithPropertyName("submittedAt")!;
      const rows: Record<string, unknown>[] = await manager.query(
        `SELECT p.unit_id AS unit_id, i.managing_agency_id AS agency_id, COUNT(*) AS expected,
                ${sent("")} AS received, ${sent(" AND r.state = 'APPROVED'")} AS approved,
                ${sent(" AND r.submitted_at < ?")} AS on_time
         FROM ${nameOf(institution)} i
         LEFT JOIN ${nameOf(placement)} p ON p.institution_id = i.id AND ${held.sql}
         WHERE (i.opened_on IS NULL OR i.opened_on <= ?) AND (i.closed_on IS NULL OR i.closed_on > ?)
         GROUP BY p.unit_id, i.managing_agency_id`,
        [
          year,
          year,
          year,
          manager.dataSource.driver.preparePersistentValue(tooLate, column),
          ...held.parameters,
          lastDayOf(year),
          `${year}-01-01`,
        ],
      );
      return rows.map((row) => ({
        unitId: row.unit_id as string | null,
        agencyId: row.agency_id as string | null,
        expected: Number(row.expected),
        received: Number(row.received),
        approved: Number(row.approved),
        onTime: Number(row.on_time),
      }));
    });
  }
}

/** The years of reports, by their ids; one that is gone is left out. */
export async function yearsOfReports(
  manager: EntityManager,
  record: InstitutionRecords["report"],
  ids: readonly string[],
): Promise<Map<string, number>> {
  const reports = await manager.find(record, {
    select: { id: true, year: true },
    where: { id: In([...ids]) },
  });
  return new Map(reports.map(({ id, year }) => [id, year]));
}
