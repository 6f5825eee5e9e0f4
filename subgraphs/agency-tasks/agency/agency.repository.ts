import { In } from "typeorm";
import type { ProvincialDatabase } from "../provincial-database";
import { AgencySuccessionRecord } from "./agency-succession.record";
import { AgencyRecord } from "./agency.record";

export class AgencyRepository {
  constructor(private readonly database: ProvincialDatabase) {}

  withIds(ids: readonly string[]): Promise<AgencyRecord[]> {
    return this.database.read((manager) => manager.findBy(AgencyRecord, { id: In(ids) }));
  }

  /** Agencies of every time, in the reference's order. */
  ofSector(sector: string | null): Promise<AgencyRecord[]> {
    return this.database.read((manager) =>
      manager.find(AgencyRecord, {
        where: sector === null ? {} : { sector },
        order: { ordinal: "ASC" },
      }),
    );
  }

  successionsFrom(ids: readonly string[]): Promise<AgencySuccessionRecord[]> {
    return this.successions({ predecessorId: In(ids) });
  }

  successionsTo(ids: readonly string[]): Promise<AgencySuccessionRecord[]> {
    return this.successions({ successorId: In(ids) });
  }

  private successions(where: object): Promise<AgencySuccessionRecord[]> {
    return this.database.read((manager) =>
      manager.find(AgencySuccessionRecord, {
        where,
        order: { predecessorId: "ASC", ordinal: "ASC" },
      }),
    );
  }
}
