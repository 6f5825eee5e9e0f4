import type { EntityManager } from "typeorm";
import type { Database } from "../database";
import { foldText, normaliseText, vietnameseSortKey } from "../vietnamese-text";
import type { InstitutionRecords } from "./institution.repository";

/** An institution with all of its history, as it is written in one piece. */
export interface WholeInstitution {
  id: string;
  code: string;
  name: string;
  managingAgencyId: string | null;
  openedOn: string | null;
  closedOn: string | null;
  demonstration: boolean;
  placements: { unitId: string; fromOn: string | null; untilOn: string | null }[];
  kinds?: { kind: string; fromOn: string | null; untilOn: string | null }[];
  reports: WholeReport[];
}

/** A report with its measures, named as the record's properties are. */
export interface WholeReport {
  id: string;
  year: number;
  revision: number;
  state: string;
  submittedAt: Date | null;
  approvedAt: Date | null;
  [measure: string]: unknown;
}

/** Few enough for every engine's limit on parameters. */
const ROWS_AT_ONCE = 500;

/** Writes new institutions, all or none of them. */
export function writeInstitutions(
  database: Database,
  records: InstitutionRecords,
  institutions: readonly WholeInstitution[],
): Promise<void> {
  return database.write(async (manager) => {
    await insert(
      manager,
      records.institution,
      institutions.map(({ placements: _placements, kinds: _kinds, reports: _reports, ...row }) => ({
        ...row,
        name: normaliseText(row.name),
        nameFolded: foldText(row.name),
        nameSort: vietnameseSortKey(row.name),
      })),
    );
    const intervals = (part: "placements" | "kinds") =>
      institutions.flatMap(({ id, [part]: rows }) =>
        (rows ?? []).map((row, index) => ({ ...row, institutionId: id, ordinal: index + 1 })),
      );
    await insert(manager, records.placement, intervals("placements"));
    if (records.kind) await insert(manager, records.kind, intervals("kinds"));
    await insert(
      manager,
      records.report,
      institutions.flatMap(({ id, reports }) =>
        reports.map((row) => ({ ...row, institutionId: id })),
      ),
    );
  });
}

async function insert(
  manager: EntityManager,
  record: new () => object,
  rows: object[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await manager
      .createQueryBuilder()
      .insert()
      .into(record)
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .updateEntity(false)
      .execute();
  }
}
