import { In } from "typeorm";
import type { ProvincialDatabase } from "../provincial-database";
import { DutyAgencyRecord } from "./duty-agency.record";
import { DutyRecord } from "./duty.record";

export class DutyRepository {
  constructor(private readonly database: ProvincialDatabase) {}

  withIds(ids: readonly string[]): Promise<DutyRecord[]> {
    return this.database.read((manager) => manager.findBy(DutyRecord, { id: In(ids) }));
  }

  /** Every duty, in the plan's order. */
  all(): Promise<DutyRecord[]> {
    return this.database.read((manager) => manager.find(DutyRecord, { order: { ordinal: "ASC" } }));
  }

  /** Who has, had or will have each of the duties, and who helps with it. */
  agenciesOf(dutyIds: readonly string[]): Promise<DutyAgencyRecord[]> {
    return this.database.read((manager) =>
      manager.findBy(DutyAgencyRecord, { dutyId: In(dutyIds) }),
    );
  }

  /** What each of the agencies has, had or will have. */
  heldBy(agencyIds: readonly string[]): Promise<DutyAgencyRecord[]> {
    return this.database.read((manager) =>
      manager.findBy(DutyAgencyRecord, { agencyId: In(agencyIds), part: "HOLDS" }),
    );
  }
}
