import type { EntityManager } from "typeorm";
import type { Day } from "../calendar";
import type { Database } from "../database";
import type { PageRequest } from "../keyset-page";
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

/** Who bore one of the kinds on the one day and operated on the other. */
export interface Membership {
  kinds: readonly string[];
  kindOn: Day;
  operatingOn: Day;
}

/** Which institutions are counted, and by which report. */
export interface CountQuestion extends Omit<Membership, "kinds"> {
  placedOn: Day;
  reportYear: number;
  basis: ReportBasis;
  /** Every kind when left out. */
  kinds?: readonly string[];
  /** Who is counted in the same figure as something else, and therefore not here. */
  elsewhere?: readonly Membership[];
}

/** Which institutions a figure is explained by. */
export type MeasureQuestion = CountQuestion &
  ({ measure: "SHARE"; condition: string } | { measure: "GROWTH"; baseYear: number });

/** In which places, and what they answered. */
export type ExplainQuestion = MeasureQuestion & {
  places: readonly string[];
  part: "COUNTED" | "NOT_COUNTED" | "SILENT";
};

/** An institution that a figure counts or leaves out, and the report that it is judged by. */
export interface ExplainedRow {
  id: string;
  code: string;
  name: string;
  nameSort: string;
  reportId: string | null;
  revision: number | null;
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

  /** At most `first + 1` institutions after the position, by name, that are counted, not counted, or silent. */
  async institutionsOf(
    question: ExplainQuestion,
    { first, after }: PageRequest,
  ): Promise<ExplainedRow[]> {
    const isShare = question.measure === "SHARE";
    const kind = isShare ? this.kindJoin(question) : { sql: "", parameters: [] };
    const place = this.placeJoin(question.placedOn);
    const report = this.reportJoin("r", question.reportYear, question.basis);
    const base =
      question.measure === "GROWTH"
        ? this.reportJoin("b", question.baseYear, question.basis)
        : { sql: "", parameters: [] };
    // Growth counts whoever reported in both years, closed since or not.
    const open =
      isShare || question.part !== "COUNTED"
        ? days.operating("i", question.operatingOn)
        : { sql: "1 = 1", parameters: [] };
    const later = after
      ? {
          sql: "AND (i.name_sort > ? OR (i.name_sort = ? AND i.id > ?))",
          parameters: [after.sortKey, after.sortKey, after.id],
        }
      : { sql: "", parameters: [] };
    const rows = await this.database.read((manager) =>
      query(manager, {
        sql: `SELECT i.id AS id, i.code AS code, i.name AS name, i.name_sort AS name_sort, r.id AS report_id, r.revision AS revision
              FROM ${this.tables.institution} i ${kind.sql} ${place.sql}
              LEFT ${report.sql} ${base.sql === "" ? "" : `LEFT ${base.sql}`}
              WHERE ${open.sql} AND p.unit_id IN (${marks(question.places)}) AND ${this.partSql(question)} ${later.sql}
              ORDER BY i.name_sort, i.id LIMIT ${first + 1}`,
        parameters: [
          ...kind.parameters,
          ...place.parameters,
          ...report.parameters,
          ...base.parameters,
          ...open.parameters,
          ...question.places,
          ...later.parameters,
        ],
      }),
    );
    return rows.map((row) => ({
      id: String(row.id),
      code: String(row.code),
      name: String(row.name),
      nameSort: String(row.name_sort),
      reportId: row.report_id as string | null,
      revision: row.revision === null ? null : Number(row.revision),
    }));
  }

  private partSql(question: ExplainQuestion): string {
    if (question.measure === "SHARE") {
      const answer = `(${this.tables.conditions[question.condition]})`;
      return {
        COUNTED: `${answer} = 1`,
        NOT_COUNTED: `${answer} = 0`,
        SILENT: `${answer} IS NULL`,
      }[question.part];
    }
    const { visits } = this.tables;
    const both = `r.${visits} IS NOT NULL AND b.${visits} IS NOT NULL`;
    return { COUNTED: `(${both})`, NOT_COUNTED: "1 = 0", SILENT: `NOT (${both})` }[question.part];
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

  private kindJoin({ kindOn, kinds, elsewhere = [] }: CountQuestion): Sql {
    const { kind } = this.tables;
    if (!kind) return { sql: "", parameters: [] };
    const borne = bears("k", kindOn, kinds);
    const others = elsewhere.map((other) => {
      const open = days.operating("i", other.operatingOn);
      const also = bears("e", other.kindOn, other.kinds);
      return {
        sql: ` AND NOT (${open.sql} AND EXISTS (SELECT 1 FROM ${kind} e WHERE ${also.sql}))`,
        parameters: [...open.parameters, ...also.parameters],
      };
    });
    return {
      sql: `JOIN ${kind} k ON ${borne.sql}${others.map(({ sql }) => sql).join("")}`,
      parameters: [...borne.parameters, ...others.flatMap(({ parameters }) => parameters)],
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

/** A first kind has no day of its own: it is borne from the opening on, and by nobody before. */
function bears(interval: string, day: Day, kinds: readonly string[] | undefined): Sql {
  const held = days.placed(interval, "i", day);
  const among = kinds ? ` AND ${interval}.kind IN (${marks(kinds)})` : "";
  return {
    sql: `${interval}.institution_id = i.id AND (i.opened_on IS NULL OR i.opened_on <= ?) AND ${held.sql}${among}`,
    parameters: [day, ...held.parameters, ...(kinds ?? [])],
  };
}

/** Yes when both columns say yes, no as soon as one says no, no answer otherwise. */
export function bothOf(first: string, second: string): string {
  return `CASE WHEN r.${first} = 0 OR r.${second} = 0 THEN 0 WHEN r.${first} = 1 AND r.${second} = 1 THEN 1 END`;
}
