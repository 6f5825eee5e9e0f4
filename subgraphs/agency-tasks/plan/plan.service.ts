import { ReferenceMissing } from "../reference-missing";
import type { createPlanLoaders } from "./plan.loaders";
import type { PlanRecord } from "./plan.record";

/** The plan, which is there as soon as the reference files have been loaded. */
export class PlanService {
  constructor(private readonly loaders: ReturnType<typeof createPlanLoaders>) {}

  /** @throws when nothing has been loaded, saying how that is done. */
  async plan(): Promise<PlanRecord> {
    const plan = await this.loaders.plan();
    if (plan === null) throw new ReferenceMissing();
    return plan;
  }
}
