import { In, type EntityManager } from "typeorm";
import { FIRST_YEAR, LAST_YEAR, lastDayOf } from "../../calendar";
import type { Database } from "../../database";
import { badInput } from "../../faults";
import type { Caller } from "../../rights/caller";
import { Rights } from "../../rights/rights";
import { SECTOR_NAMES, type Sector } from "../../sector";
import { writeWorkbook } from "../../sheet/write-workbook";
import type { Territory } from "../../territory/territory";
import type { EntryDesign } from "../entry/entry-house";
import type { InstitutionHouse } from "../institution-context";
import type { InstitutionRecord, PlacementRecord, ReportRecord } from "../institution.record";
import type { InstitutionRecords } from "../institution.repository";
import { reportsFor, requireReporter } from "./exchange-rights";
import { LAST_YEAR_PREFIX, templateColumns } from "./report-sheet";

export interface TemplateAsk {
  /** Null: it was not named, or there is none of that name. */
  sector: Sector | null;
  year: number | null;
}

/**
 * The workbook of the institutions that the caller reports for.
 * @throws UNAUTHENTICATED or FORBIDDEN when he may not report for the sector, BAD_USER_INPUT when there is nothing to report.
 */
export async function writeCallersTemplate(
  house: InstitutionHouse,
  databases: ReadonlyMap<Sector, Database>,
  { viewer }: Caller,
  { sector, year }: TemplateAsk,
): Promise<Buffer> {
  const { territory, agencies, name } = house;
  const today = house.today();
  const rights = new Rights(viewer, agencies, territory, today);
  requireReporter(rights, sector);
  const lastYear = Math.min(Number(today.slice(0, 4)), LAST_YEAR);
  if (sector === null || year === null || year < FIRST_YEAR || year > lastYear) {
    throw badInput(
      `Hãy nêu ngành (sector) và năm báo cáo (year) từ ${FIRST_YEAR} đến ${lastYear}.`,
      `Name the sector and the year of the reports, ${FIRST_YEAR} to ${lastYear}.`,
    );
  }
  const database = databases.get(sector);
  if (database === undefined) {
    throw badInput(
      `${name} không giữ báo cáo của ngành ${SECTOR_NAMES[sector]}.`,
      `${name} keeps no reports of sector ${sector}.`,
    );
  }
  const rows = await templateRows(house, database, year, reportsFor(rights));
  if (rows.length === 0) {
    throw badInput(
      `Trong địa bàn của tài khoản này không có cơ sở nào của ngành ${SECTOR_NAMES[sector]} hoạt động năm ${year}, nên không có gì để báo cáo.`,
      `No institution of sector ${sector} was open in ${year} in the units of this account, so there is nothing to report.`,
    );
  }
  return writeRows(house, sector, year, rows);
}

export interface TemplateHouse {
  name: string;
  records: InstitutionRecords;
  entry: EntryDesign;
  territory: Territory;
}

/**
 * A workbook to be filled in: the sector's institutions that are open in the year, with what each reported last year beside
 * the cells of this one.
 */
export async function writeReportTemplate(
  house: TemplateHouse,
  database: Database,
  sector: Sector,
  year: number,
): Promise<Buffer> {
  return writeRows(house, sector, year, await templateRows(house, database, year, () => true));
}

type TemplateRow = Readonly<Record<string, unknown>>;

function writeRows(
  { name, entry }: TemplateHouse,
  sector: Sector,
  year: number,
  rows: readonly TemplateRow[],
): Promise<Buffer> {
  return writeWorkbook(
    [
      {
        name: `Báo cáo ${year}`,
        columns: templateColumns(entry.book, year - 1),
        rows,
        stickyColumns: 2,
      },
    ],
    { hub: "lai-chau-lifelong-learning-hub", subgraph: name, sector, year: String(year) },
  );
}

/** One for each institution that was open in the year, and whose place is asked for. */
function templateRows(
  { records, entry, territory }: TemplateHouse,
  database: Database,
  year: number,
  isWanted: (unitId: string | null) => boolean,
): Promise<TemplateRow[]> {
  return database.read(async (manager) => {
    const institutions = await openIn(manager, records, year);
    const lastYear = await reportsOf(manager, records, year - 1);
    const places = await lastPlaces(manager, records);
    return institutions.flatMap(({ id, code, name }) => {
      const unitId = places.get(id) ?? null;
      if (!isWanted(unitId)) return [];
      const report = lastYear.get(id) as unknown as Record<string, unknown> | undefined;
      const row: Record<string, unknown> = { code, name, unit: unitName(territory, unitId, year) };
      for (const { key } of entry.book.measures)
        row[`${LAST_YEAR_PREFIX}${key}`] = report?.[key] ?? null;
      return [row];
    });
  });
}

/** As the place is called at the end of the year, or as it was recorded where that is not known. */
function unitName(territory: Territory, unitId: string | null, year: number): string | null {
  if (unitId === null) return null;
  return (territory.onDay(unitId, lastDayOf(year)) ?? territory.unit(unitId))?.name ?? null;
}

function openIn(
  manager: EntityManager,
  { institution }: InstitutionRecords,
  year: number,
): Promise<InstitutionRecord[]> {
  return manager
    .createQueryBuilder(institution, "i")
    .where("(i.opened_on IS NULL OR i.opened_on <= :last)", { last: `${year}-12-31` })
    .andWhere("(i.closed_on IS NULL OR i.closed_on > :first)", { first: `${year}-01-01` })
    .orderBy("i.nameSort")
    .addOrderBy("i.id")
    .getMany();
}

/** What counts of each institution, or would once approved, by its id. */
async function reportsOf(
  manager: EntityManager,
  { report }: InstitutionRecords,
  year: number,
): Promise<Map<string, ReportRecord>> {
  const reports = await manager.find(report, {
    where: { year, state: In(["SUBMITTED", "APPROVED"]) },
    order: { revision: "ASC" },
  });
  return new Map(reports.map((each) => [each.institutionId, each]));
}

/** Where each institution stands, or stood last, by its id. */
async function lastPlaces(
  manager: EntityManager,
  { placement }: InstitutionRecords,
): Promise<Map<string, string>> {
  const places: PlacementRecord[] = await manager.find(placement, { order: { ordinal: "ASC" } });
  return new Map(places.map(({ institutionId, unitId }) => [institutionId, unitId]));
}
