import type { ProvincialDatabase } from "../provincial-database";
import { PlanPartRecord } from "./plan-part.record";
import { PlanRecord } from "./plan.record";

export class PlanRepository {
  constructor(private readonly database: ProvincialDatabase) {}

  /** Null: no reference has been loaded. */
  plan(): Promise<PlanRecord | null> {
    return this.database.read((manager) => manager.findOneBy(PlanRecord, { id: "plan" }));
  }

  /** Every part of every kind, each kind in the plan's order. */
  parts(): Promise<PlanPartRecord[]> {
    return this.database.read((manager) =>
      manager.find(PlanPartRecord, { order: { kind: "ASC", ordinal: "ASC" } }),
    );
  }
}
