import type { PlanPartKind, PlanPartRecord } from "./plan-part.record";
import type { PlanRecord } from "./plan.record";
import type { PlanRepository } from "./plan.repository";

/** There is one plan of about sixty parts: each is read whole, once in a request, when first asked for. */
export function createPlanLoaders(plans: PlanRepository) {
  let plan: Promise<PlanRecord | null> | undefined;
  let parts: Promise<PlanPartRecord[]> | undefined;
  return {
    plan: () => (plan ??= plans.plan()),
    partsOfPlan: async <Kind extends PlanPartKind>(kind: Kind): Promise<PlanPartRecord<Kind>[]> =>
      (await (parts ??= plans.parts())).filter(
        (part): part is PlanPartRecord<Kind> => part.kind === kind,
      ),
  };
}
