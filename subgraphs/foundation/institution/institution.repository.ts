import { In, type EntityManager } from "typeorm";
import type { Day } from "../calendar";
import type { Database } from "../database";
import type { PageRequest } from "../keyset-page";
import { foldText } from "../vietnamese-text";
import type {
  InstitutionRecord,
  KindRecord,
  PlacementRecord,
  ReportRecord,
} from "./institution.record";
import { days, marks, reportCounts, type Sql } from "./institution-sql";

type Class<T> = new () => T;

/** The tables of one kind of institution. */
export interface InstitutionRecords {
  institution: Class<InstitutionRecord>;
  placement: Class<PlacementRecord>;
  report: Class<ReportRecord>;
  /** Left out where institutions of the type have one kind only. */
  kind?: Class<KindRecord>;
}

/** Which institutions a list shows; every condition must hold. */
export interface InstitutionFilter {
  /** Unit versions of whose territory the institution's place is a part. */
  unitIds?: readonly string[];
  kinds?: readonly string[];
  operatingOn?: Day;
  reported?: { year: number; reported: boolean };
  reportState?: { year: number; state: string };
  text?: string;
  managingAgencyIds?: readonly string[];
  /** The day for which places and kinds are read when `operatingOn` does not name one. */
  today: Day;
}

/** One owner's institutions of one type: the only file that speaks to their tables. */
export class InstitutionRepository {
  constructor(
    private readonly database: Database,
    private readonly records: InstitutionRecords,
  ) {}

  withIds(ids: readonly string[]): Promise<InstitutionRecord[]> {
    return this.find(this.records.institution, { id: In([...ids]) });
  }

  reportsWithIds(ids: readonly string[]): Promise<ReportRecord[]> {
    return this.find(this.records.report, {
      id: In([...ids]),
      state: In(["SUBMITTED", "APPROVED"]),
    });
  }

  /** Submitted and approved revisions, latest year and revision first; drafts are their author's own. */
  reportsOf(institutionIds: readonly string[]): Promise<ReportRecord[]> {
    return this.find(
      this.records.report,
      { institutionId: In([...institutionIds]), state: In(["SUBMITTED", "APPROVED"]) },
      { year: "DESC", revision: "DESC" },
    );
  }

  /** Revisions that are still being written; for the owner's own people. */
  draftsOf(institutionIds: readonly string[]): Promise<ReportRecord[]> {
    return this.find(
      this.records.report,
      { institutionId: In([...institutionIds]), state: In(["DRAFT", "RETURNED"]) },
      { year: "DESC", revision: "DESC" },
    );
  }

  /** Whose the reports are, whatever their state. */
  ownersOfReports(ids: readonly string[]): Promise<ReportRecord[]> {
    return this.find(this.records.report, { id: In([...ids]) });
  }

  placementsOf(institutionIds: readonly string[]): Promise<PlacementRecord[]> {
    return this.find(
      this.records.placement,
      { institutionId: In([...institutionIds]) },
      { ordinal: "ASC" },
    );
  }

  async kindsOf(institutionIds: readonly string[]): Promise<KindRecord[]> {
    if (!this.records.kind) return [];
    return this.find(
      this.records.kind,
      { institutionId: In([...institutionIds]) },
      { ordinal: "ASC" },
    );
  }

  /** At most `first + 1` rows after the position, in the Vietnamese order of names, then by id. */
  page(filter: InstitutionFilter, { first, after }: PageRequest): Promise<InstitutionRecord[]> {
    return this.database.read((manager) => {
      const where = this.where(manager, filter);
      const query = manager
        .createQueryBuilder(this.records.institution, "i")
        .where(named(where.sql), numbered(where.parameters));
      if (after) {
        query.andWhere(
          "(i.name_sort > :sortKey OR (i.name_sort = :sortKey AND i.id > :id))",
          after,
        );
      }
      return query
        .orderBy("i.nameSort")
        .addOrderBy("i.id")
        .limit(first + 1)
        .getMany();
    });
  }

  count(filter: InstitutionFilter): Promise<number> {
    return this.database.read(async (manager) => {
      const where = this.where(manager, filter);
      const sql = `SELECT COUNT(*) AS institutions FROM ${this.tables(manager).institution} i WHERE ${where.sql}`;
      const rows: { institutions: unknown }[] = await manager.query(sql, where.parameters);
      return Number(rows[0]!.institutions);
    });
  }

  /**
   * The first rows after the position for every unit in which an institution is placed: one statement for the pages of
   * any number of asked units, each of which merges those of its own territory.
   */
  pageInEachUnit(
    filter: InstitutionFilter & { unitIds: readonly string[] },
    { first, after }: PageRequest,
  ): Promise<{ unitId: string; institution: InstitutionRecord }[]> {
    return this.firstOfEach("p.unit_id", filter, { first, after });
  }

  /** The same for agencies that manage institutions. */
  pageOfEachAgency(
    filter: InstitutionFilter & { managingAgencyIds: readonly string[] },
    page: PageRequest,
  ): Promise<{ unitId: string; institution: InstitutionRecord }[]> {
    return this.firstOfEach("i.managing_agency_id", filter, page);
  }

  /** How many institutions stand in each placed unit. */
  countInEachUnit(
    filter: InstitutionFilter & { unitIds: readonly string[] },
  ): Promise<{ key: string; count: number }[]> {
    return this.countOfEach("p.unit_id", filter);
  }

  countOfEachAgency(
    filter: InstitutionFilter & { managingAgencyIds: readonly string[] },
  ): Promise<{ key: string; count: number }[]> {
    return this.countOfEach("i.managing_agency_id", filter);
  }

  private firstOfEach(
    key: "p.unit_id" | "i.managing_agency_id",
    filter: InstitutionFilter,
    { first, after }: PageRequest,
  ): Promise<{ unitId: string; institution: InstitutionRecord }[]> {
    return this.database.read(async (manager) => {
      const where = this.where(manager, filter);
      const later: Sql = after
        ? {
            sql: "(i.name_sort > ? OR (i.name_sort = ? AND i.id > ?))",
            parameters: [after.sortKey, after.sortKey, after.id],
          }
        : { sql: "1 = 1", parameters: [] };
      const place = this.placementJoin(manager, key, filter);
      const rows: { id: string; group_key: string }[] = await manager.query(
        `SELECT id, group_key FROM (
           SELECT i.id, ${key} AS group_key,
                  ROW_NUMBER() OVER (PARTITION BY ${key} ORDER BY i.name_sort, i.id) AS place_in_group
           FROM ${this.tables(manager).institution} i ${place.sql}
           WHERE ${where.sql} AND ${later.sql}) AS ranked
         WHERE place_in_group <= ?`,
        [...place.parameters, ...where.parameters, ...later.parameters, first + 1],
      );
      if (rows.length === 0) return [];
      const found = await manager.find(this.records.institution, {
        where: { id: In(rows.map(({ id }) => id)) },
      });
      const byId = new Map(found.map((institution) => [institution.id, institution]));
      return rows.map(({ id, group_key }) => ({ unitId: group_key, institution: byId.get(id)! }));
    });
  }

  private countOfEach(
    key: "p.unit_id" | "i.managing_agency_id",
    filter: InstitutionFilter,
  ): Promise<{ key: string; count: number }[]> {
    return this.database.read(async (manager) => {
      const where = this.where(manager, filter);
      const place = this.placementJoin(manager, key, filter);
      const rows: { group_key: string; institutions: unknown }[] = await manager.query(
        `SELECT ${key} AS group_key, COUNT(*) AS institutions
         FROM ${this.tables(manager).institution} i ${place.sql}
         WHERE ${where.sql} GROUP BY ${key}`,
        [...place.parameters, ...where.parameters],
      );
      return rows.map((row) => ({ key: row.group_key, count: Number(row.institutions) }));
    });
  }

  private placementJoin(manager: EntityManager, key: string, filter: InstitutionFilter): Sql {
    if (key !== "p.unit_id") return { sql: "", parameters: [] };
    const held = days.placed("p", "i", filter.operatingOn ?? filter.today);
    return {
      sql: `JOIN ${this.tables(manager).placement} p ON p.institution_id = i.id AND ${held.sql}`,
      parameters: held.parameters,
    };
  }

  private where(manager: EntityManager, filter: InstitutionFilter): Sql {
    const tables = this.tables(manager);
    const day = filter.operatingOn ?? filter.today;
    const conditions: Sql[] = [{ sql: "1 = 1", parameters: [] }];
    if (filter.operatingOn) conditions.push(days.operating("i", filter.operatingOn));
    if (filter.unitIds) {
      const held = days.placed("p", "i", day);
      conditions.push({
        sql: `EXISTS (SELECT 1 FROM ${tables.placement} p WHERE p.institution_id = i.id AND ${held.sql} AND p.unit_id IN (${marks(filter.unitIds)}))`,
        parameters: [...held.parameters, ...filter.unitIds],
      });
    }
    if (filter.kinds && tables.kind) {
      const held = days.placed("k", "i", day);
      conditions.push({
        sql: `EXISTS (SELECT 1 FROM ${tables.kind} k WHERE k.institution_id = i.id AND ${held.sql} AND k.kind IN (${marks(filter.kinds)}))`,
        parameters: [...held.parameters, ...filter.kinds],
      });
    }
    if (filter.reported) {
      const counted = reportCounts("SUBMITTED");
      conditions.push({
        sql: `${filter.reported.reported ? "" : "NOT "}EXISTS (SELECT 1 FROM ${tables.report} r WHERE r.institution_id = i.id AND r.year = ? AND r.state IN (${marks(counted)}))`,
        parameters: [filter.reported.year, ...counted],
      });
    }
    if (filter.reportState) {
      conditions.push({
        sql: `EXISTS (SELECT 1 FROM ${tables.report} r WHERE r.institution_id = i.id AND r.year = ? AND r.state = ?)`,
        parameters: [filter.reportState.year, filter.reportState.state],
      });
    }
    if (filter.text !== undefined) {
      const pattern = `%${foldText(filter.text).replace(/[!%_]/gu, "!$&")}%`;
      conditions.push({
        sql: "(i.name_folded LIKE ? ESCAPE '!' OR LOWER(i.code) LIKE ? ESCAPE '!')",
        parameters: [pattern, pattern],
      });
    }
    if (filter.managingAgencyIds) {
      conditions.push({
        sql: `i.managing_agency_id IN (${marks(filter.managingAgencyIds)})`,
        parameters: [...filter.managingAgencyIds],
      });
    }
    return {
      sql: conditions.map(({ sql }) => sql).join(" AND "),
      parameters: conditions.flatMap(({ parameters }) => parameters),
    };
  }

  private find<Row extends object>(
    record: Class<Row>,
    where: object,
    order: object = {},
  ): Promise<Row[]> {
    return this.database.read((manager) => manager.find(record, { where, order }));
  }

  private tables(manager: EntityManager) {
    const nameOf = (record: Class<object>) => manager.dataSource.getMetadata(record).tableName;
    return {
      institution: nameOf(this.records.institution),
      placement: nameOf(this.records.placement),
      report: nameOf(this.records.report),
      kind: this.records.kind ? nameOf(this.records.kind) : undefined,
    };
  }
}

/** TypeORM's query builder takes named parameters only. */
function named(sql: string): string {
  let index = 0;
  return sql.replace(/\?/gu, () => `:p${index++}`);
}

function numbered(parameters: unknown[]): Record<string, unknown> {
  return Object.fromEntries(parameters.map((value, index) => [`p${index}`, value]));
}
