import { In } from "typeorm";
import type { ProvincialDatabase } from "../provincial-database";
import { IndicatorRecord } from "./indicator.record";
import { MilestoneRecord } from "./milestone.record";
import { ResponsibilityRecord } from "./responsibility.record";

export class IndicatorRepository {
  constructor(private readonly database: ProvincialDatabase) {}

  withCodes(codes: readonly string[]): Promise<IndicatorRecord[]> {
    return this.database.read((manager) => manager.findBy(IndicatorRecord, { code: In(codes) }));
  }

  /** Every indicator, in the plan's order. */
  all(): Promise<IndicatorRecord[]> {
    return this.database.read((manager) =>
      manager.find(IndicatorRecord, { order: { ordinal: "ASC" } }),
    );
  }

  async milestonesOf(codes: readonly string[]): Promise<MilestoneRecord[]> {
    const rows = await this.database.read((manager) =>
      manager.find(MilestoneRecord, {
        where: { indicatorCode: In(codes) },
        order: { indicatorCode: "ASC", year: "ASC" },
      }),
    );
    // MySQL gives decimals as text.
    return rows.map((row) => ({
      ...row,
      minimum: row.minimum === null ? null : Number(row.minimum),
      maximum: row.maximum === null ? null : Number(row.maximum),
    }));
  }

  /** Who answers, answered or will answer for each of the indicators. */
  responsibilitiesFor(codes: readonly string[]): Promise<ResponsibilityRecord[]> {
    return this.database.read((manager) =>
      manager.find(ResponsibilityRecord, {
        where: { indicatorCode: In(codes) },
        order: { indicatorCode: "ASC", ordinal: "ASC", agencyId: "ASC" },
      }),
    );
  }
}
