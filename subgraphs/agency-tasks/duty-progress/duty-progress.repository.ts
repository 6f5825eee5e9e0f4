import { In } from "typeorm";
import type { ProvincialDatabase } from "../provincial-database";
import { DutyProgressRecord } from "./duty-progress.record";

export class DutyProgressRepository {
  constructor(private readonly database: ProvincialDatabase) {}

  /** What was reported on the duties in the years, agency by agency. */
  ofDuties(dutyIds: readonly string[], years: readonly number[]): Promise<DutyProgressRecord[]> {
    return this.database.read((manager) =>
      manager.find(DutyProgressRecord, {
        where: { dutyId: In(dutyIds), year: In(years) },
        order: { dutyId: "ASC", year: "ASC", agencyId: "ASC" },
      }),
    );
  }
}
