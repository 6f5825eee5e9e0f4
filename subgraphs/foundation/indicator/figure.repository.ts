import type { EntityManager } from "typeorm";
import type { Day } from "../calendar";
import type { Database } from "../database";
import {
  days,
  marks,
  reportCounts,
  type ReportBasis,
  type Sql,
} from "../institution/institution-sql";

/** The tables and questions from which one kind of institution's figures are counted. */
export interface FigureTables {
  institution: string;
  placement: string;
  report: string;
  /** Left out where institutions have one kind only; they then count as kind `ALL`. */
  kind?: string;
  ruling?: string;
  /** For each condition, SQL over a report `r` that is 1 for yes, 0 for no and NULL for no answer. */
  conditions: Record<string, string>;
  /** The report's column that growth follows, when an indicator of the type measures growth. */
  visits?: string;
}

/** Institutions placed in one unit (null: nowhere known) and of one kind, with what their reports say. */
export interface ClassCount {
  unitId: string | null;
  kind: string;
  institutions: number;
  demonstration: boolean;
  /** By condition: how many answered, and how many of those said yes. */
  answers: Record<string, { answered: number; yes: number }>;
}

/** Visits of the institutions of one unit that reported both in the base year and in the year. */
export interface GrowthSum {
  unitId: string | null;
  institutions: number;
  demonstration: boolean;
  base: number;
  current: number;
}

/** Visits of the institutions of one unit that reported both in a year and in the one before. */
export interface YearlySum {
  unitId: string | null;
  year: number;
  before: number;
  current: number;
}

export interface StoredRuling {
  class: string;
  basis: "CARRIED" | "FROZEN" | "RETIRED";
  citation: string;
  classEndedOn: Day;
}

/** Which institutions are counted, and by which report. */
export interface CountQuestion {
  kindOn: Day;
  operatingOn: Day;
  placedOn: Day;
  reportYear: number;
  basis: ReportBasis;
  /** Every kind when left out. */
  kinds?: readonly string[];
}

/** Counts one owner's institutions for the indicators: a few statements, whatever the number of units. */
export class FigureRepository {
  constructor(
    private readonly database: Database,
    private readonly tables: FigureTables,
  ) {}

  countByUnitAndKind(question: CountQuestion): Promise<ClassCount[]> {
    const { conditions } = this.tables;
    const kind = this.kindJoin(question);
    const place = this.placeJoin(question.placedOn);
    const report = this.reportJoin("r", question.reportYear, question.basis);
    const open = days.operating("i", question.operatingOn);
    const sums = Object.entries(conditions).map(
      ([name, condition]) =>
        `COUNT(${condition}) AS ${name}_answered, SUM(CASE WHEN (${condition}) = 1 THEN 1 ELSE 0 END) AS ${name}_yes`,
    );
    const key = this.tables.kind ? "k.kind" : "'ALL'";
    return this.database.read(async (manager) => {
      const rows = await query(manager, {
        sql: `SELECT p.unit_id AS unit_id, ${key} AS kind, COUNT(*) AS institutions,
                     MAX(i.demonstration) AS demonstration, ${sums.join(", ")}
              FROM ${this.tables.institution} i ${kind.sql} LEFT ${place.sql} LEFT ${report.sql}
              WHERE ${open.sql} GROUP BY p.unit_id${this.tables.kind ? ", k.kind" : ""}`,
        parameters: [
          ...kind.parameters,
          ...place.parameters,
          ...report.parameters,
          ...open.parameters,
        ],
      });
      return rows.map((row) => ({
        unitId: row.unit_id as string | null,
        kind: row.kind as string,
        institutions: Number(row.institutions),
        demonstration: Number(row.demonstration) === 1,
        answers: Object.fromEntries(
          Object.keys(conditions).map((name) => [
            name,
            { answered: Number(row[`${name}_answered`]), yes: Number(row[`${name}_yes`]) },
          ]),
        ),
      }));
    });
  }

  /** The first year for which anybody reported visits; null when nobody did. */
  async firstYearOfVisits(basis: ReportBasis): Promise<number | null> {
    const counted = reportCounts(basis);
    const latest = this.latest("r", basis);
    const [row] = await this.database.read((manager) =>
      query(manager, {
        sql: `SELECT MIN(r.year) AS first_year FROM ${this.tables.report} r
              WHERE r.${this.tables.visits} IS NOT NULL AND r.state IN (${marks(counted)}) AND ${latest.sql}`,
        parameters: [...counted, ...latest.parameters],
      }),
    );
    return row?.first_year == null ? null : Number(row.first_year);
  }

  growthByUnit(
    baseYear: number,
    year: number,
    placedOn: Day,
    basis: ReportBasis,
  ): Promise<GrowthSum[]> {
    const { visits } = this.tables;
    const base = this.reportJoin("b", baseYear, basis);
    const current = this.reportJoin("r", year, basis);
    const place = this.placeJoin(placedOn);
    return this.database.read(async (manager) => {
      const rows = await query(manager, {
        sql: `SELECT p.unit_id AS unit_id, COUNT(*) AS institutions, MAX(i.demonstration) AS demonstration,
                     SUM(b.${visits}) AS base_visits, SUM(r.${visits}) AS current_visits
              FROM ${this.tables.institution} i ${base.sql} ${current.sql} LEFT ${place.sql}
              WHERE b.${visits} IS NOT NULL AND r.${visits} IS NOT NULL GROUP BY p.unit_id`,
        parameters: [...base.parameters, ...current.parameters, ...place.parameters],
      });
      return rows.map((row) => ({
        unitId: row.unit_id as string | null,
        institutions: Number(row.institutions),
        demonstration: Number(row.demonstration) === 1,
        base: Number(row.base_visits),
        current: Number(row.current_visits),
      }));
    });
  }

  /** For every year after the base up to the year: both years' visits of those who reported in both. */
  yearlyByUnit(
    baseYear: number,
    year: number,
    placedOn: Day,
    basis: ReportBasis,
  ): Promise<YearlySum[]> {
    const { visits, report } = this.tables;
    const counted = reportCounts(basis);
    const latest = this.latest("r", basis);
    const latestBefore = this.latest("b", basis);
    const place = this.placeJoin(placedOn);
    return this.database.read(async (manager) => {
      const rows = await query(manager, {
        sql: `SELECT p.unit_id AS unit_id, r.year AS year,
                     SUM(b.${visits}) AS before_visits, SUM(r.${visits}) AS current_visits
              FROM ${this.tables.institution} i
              JOIN ${report} r ON r.institution_id = i.id AND r.state IN (${marks(counted)}) AND ${latest.sql}
              JOIN ${report} b ON b.institution_id = i.id AND b.year = r.year - 1 AND b.state IN (${marks(counted)}) AND ${latestBefore.sql}
              LEFT ${place.sql}
              WHERE r.year > ? AND r.year <= ? AND b.${visits} IS NOT NULL AND r.${visits} IS NOT NULL
              GROUP BY p.unit_id, r.year`,
        parameters: [
          ...counted,
          ...latest.parameters,
          ...counted,
          ...latestBefore.parameters,
          ...place.parameters,
          baseYear,
          year,
        ],
      });
      return rows.map((row) => ({
        unitId: row.unit_id as string | null,
        year: Number(row.year),
        before: Number(row.before_visits),
        current: Number(row.current_visits),
      }));
    });
  }

  /** The ruling in force for each class: the one recorded last. */
  async rulings(): Promise<StoredRuling[]> {
    const { ruling } = this.tables;
    if (!ruling) return [];
    const rows = await this.database.read((manager) =>
      query(manager, {
        sql: `SELECT class, basis, citation, class_ended_on FROM ${ruling} ORDER BY recorded_at, id`,
        parameters: [],
      }),
    );
    const latest = new Map(
      rows.map((row) => [
        row.class,
        {
          class: String(row.class),
          basis: row.basis as StoredRuling["basis"],
          citation: String(row.citation),
          classEndedOn: String(row.class_ended_on),
        },
      ]),
    );
    return [...latest.values()];
  }

  private kindJoin({ kindOn, kinds }: CountQuestion): Sql {
    if (!this.tables.kind) return { sql: "", parameters: [] };
    const held = days.placed("k", "i", kindOn);
    return {
      sql: `JOIN ${this.tables.kind} k ON k.institution_id = i.id AND ${held.sql}${kinds ? ` AND k.kind IN (${marks(kinds)})` : ""}`,
      parameters: [...held.parameters, ...(kinds ?? [])],
    };
  }

  private placeJoin(day: Day): Sql {
    const held = days.placed("p", "i", day);
    return {
      sql: `JOIN ${this.tables.placement} p ON p.institution_id = i.id AND ${held.sql}`,
      parameters: held.parameters,
    };
  }

  private reportJoin(alias: string, year: number, basis: ReportBasis): Sql {
    const counted = reportCounts(basis);
    const latest = this.latest(alias, basis);
    return {
      sql: `JOIN ${this.tables.report} ${alias} ON ${alias}.institution_id = i.id AND ${alias}.year = ? AND ${alias}.state IN (${marks(counted)}) AND ${latest.sql}`,
      parameters: [year, ...counted, ...latest.parameters],
    };
  }

  /** A correction replaces the revision before it only once it counts itself. */
  private latest(alias: string, basis: ReportBasis): Sql {
    const counted = reportCounts(basis);
    return {
      sql: `NOT EXISTS (SELECT 1 FROM ${this.tables.report} n WHERE n.institution_id = ${alias}.institution_id AND n.year = ${alias}.year AND n.revision > ${alias}.revision AND n.state IN (${marks(counted)}))`,
      parameters: counted,
    };
  }
}

function query(
  manager: EntityManager,
  { sql, parameters }: Sql,
): Promise<Record<string, unknown>[]> {
  return manager.query(sql, parameters);
}

/** Yes when both columns say yes, no as soon as one says no, no answer otherwise. */
export function bothOf(first: string, second: string): string {
  return `CASE WHEN r.${first} = 0 OR r.${second} = 0 THEN 0 WHEN r.${first} = 1 AND r.${second} = 1 THEN 1 END`;
}
