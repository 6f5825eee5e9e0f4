import type { QueryRunner } from "typeorm";
import { createReadingView, todayInVietnamSql, unitCodeSql } from "../reading-view";
import { days } from "./institution-sql";

/** One kind of institution as its owner's readers see it. */
export interface InstitutionViews {
  /** The table of institutions; the others are named after it. */
  table: string;
  /** False where institutions have one kind only. */
  hasKinds: boolean;
  /** The report's columns by the names under which they are read. */
  measures: Readonly<Record<string, string>>;
  /** What a figure part counts: by name, SQL over a report `r` that is 1, 0 or NULL. */
  conditions: Readonly<Record<string, string>>;
  /** Measures that a figure part adds up. */
  sums: readonly string[];
}

type Condition = { sql: string };

/** The conditions of figures, on a day that is told in SQL. */
const on = (condition: Condition, day: string): string => condition.sql.replaceAll("?", day);

/** `<table>_as_of_today`: every institution, where it stands and what it is on this day. */
export function createInstitutionView(
  runner: QueryRunner,
  { table, hasKinds }: InstitutionViews,
): Promise<void> {
  const today = todayInVietnamSql(runner);
  const isOpen = on(days.operating("i", ""), today);
  const place = `p.institution_id = i.id AND ${on(days.placed("p", "i", ""), today)}`;
  const kind = `k.institution_id = i.id AND ${on(days.placed("k", "i", ""), today)}`;
  return createReadingView(
    runner,
    `${table}_as_of_today`,
    `SELECT i.id AS id, i.code AS code, i.name AS name, ${hasKinds ? "k.kind AS kind, " : ""}p.unit_id AS unit_id,
            ${unitCodeSql("p.unit_id")} AS unit_code, i.managing_agency_id AS managing_agency_id,
            i.opened_on AS opened_on, i.closed_on AS closed_on,
            CASE WHEN ${isOpen} THEN 1 ELSE 0 END AS is_open, i.demonstration AS demonstration
     FROM ${table} i LEFT JOIN ${table}_placement p ON ${place}
     ${hasKinds ? `LEFT JOIN ${table}_kind k ON ${kind}` : ""}`,
  );
}

const latestApproved = (table: string, report: string): string =>
  `${report}.state = 'APPROVED' AND NOT EXISTS (SELECT 1 FROM ${table}_report n
     WHERE n.institution_id = ${report}.institution_id AND n.year = ${report}.year
       AND n.revision > ${report}.revision AND n.state = 'APPROVED')`;

/** `<table>_annual_report`: of each institution and year the approved report of the latest revision. */
export function createReportView(
  runner: QueryRunner,
  { table, measures }: InstitutionViews,
): Promise<void> {
  const columns = Object.entries(measures).map(([name, column]) => `r.${column} AS ${name}`);
  return createReadingView(
    runner,
    `${table}_annual_report`,
    `SELECT r.id AS id, r.institution_id AS ${table}_id, i.code AS ${table}_code, i.name AS ${table}_name,
            r.year AS year, r.revision AS revision, r.approved_at AS approved_at, ${columns.join(", ")},
            i.demonstration AS demonstration
     FROM ${table}_report r JOIN ${table} i ON i.id = r.institution_id
     WHERE ${latestApproved(table, "r")}`,
  );
}

/**
 * `<table>_figure_part`: what shares are counted from, by year, unit and kind, as institutions stood on 31 December. Rulings about
 * classes that have ended are not applied.
 */
export function createFigurePartView(
  runner: QueryRunner,
  { table, hasKinds, conditions, sums }: InstitutionViews,
): Promise<void> {
  const lastDay = "CONCAT(y.year, '-12-31')";
  const counts = Object.entries(conditions).map(
    ([name, condition]) =>
      `COUNT(${condition}) AS ${name}_reported, SUM(CASE WHEN (${condition}) = 1 THEN 1 ELSE 0 END) AS ${name}_yes`,
  );
  const totals = sums.map((column) => `SUM(r.${column}) AS ${column}`);
  return createReadingView(
    runner,
    `${table}_figure_part`,
    `SELECT y.year AS year, p.unit_id AS unit_id, ${unitCodeSql("p.unit_id")} AS unit_code,
            ${hasKinds ? "k.kind AS kind, " : ""}COUNT(*) AS institutions, COUNT(r.id) AS approved_reports,
            ${[...counts, ...totals].join(", ")}, MAX(i.demonstration) AS demonstration
     FROM (SELECT DISTINCT year FROM ${table}_report) y
     JOIN ${table} i ON ${on(days.operating("i", ""), lastDay)}
     LEFT JOIN ${table}_placement p ON p.institution_id = i.id AND ${on(days.placed("p", "i", ""), lastDay)}
     ${hasKinds ? `LEFT JOIN ${table}_kind k ON k.institution_id = i.id AND ${on(days.placed("k", "i", ""), lastDay)}` : ""}
     LEFT JOIN ${table}_report r ON r.institution_id = i.id AND r.year = y.year AND ${latestApproved(table, "r")}
     GROUP BY y.year, p.unit_id${hasKinds ? ", k.kind" : ""}`,
  );
}
