import type { QueryRunner } from "typeorm";

/**
 * Views for programs that read tables, such as Metabase and Superset: their columns are a promise (docs/sql-views.md), the tables
 * beneath are none.
 */
export async function createReadingView(
  runner: QueryRunner,
  name: string,
  select: string,
): Promise<void> {
  await runner.query(`CREATE VIEW ${name} AS ${select}`);
}

export async function dropReadingView(runner: QueryRunner, name: string): Promise<void> {
  await runner.query(`DROP VIEW ${name}`);
}

/** SQL for the calendar day in Việt Nam (UTC+7), wherever the server stands. */
export function todayInVietnamSql(runner: QueryRunner): string {
  return runner.dataSource.options.type === "mysql"
    ? "DATE(DATE_ADD(UTC_TIMESTAMP(), INTERVAL 7 HOUR))"
    : "DATE('now', '+7 hours')";
}

/** SQL for the official code in a unit's id: `unit:03394:2025-07-01` is a version of 03394. */
export function unitCodeSql(unitId: string): string {
  const rest = `SUBSTR(${unitId}, 6)`;
  return `CASE WHEN INSTR(${rest}, ':') > 0 THEN SUBSTR(${rest}, 1, INSTR(${rest}, ':') - 1) ELSE ${rest} END`;
}
