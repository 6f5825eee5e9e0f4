import type { createAdministrativeUnitLoaders } from "../administrative-unit/administrative-unit.loaders";
import type { createIndicatorLoaders } from "../indicator/indicator.loaders";
import type { MilestoneRecord } from "../indicator/milestone.record";
import type { createPlanLoaders } from "../plan/plan.loaders";
import { judge, type IndicatorKind, type Judgement } from "./assessment";

/** How other subgraphs name an assessment: the whole figure is its key. */
export interface AssessmentReference {
  indicatorCode: string;
  unitId: string;
  year: number;
  /** Left out or null: there is no figure. */
  value?: number | null;
  /** Left out or null: whoever asks did not say, and there is something to judge. */
  applicable?: boolean | null;
}

export interface AssessmentSource
  extends Required<AssessmentReference>, Judgement<MilestoneRecord> {
  value: number | null;
  kind: IndicatorKind;
  isReference: boolean;
}

type Loaders = ReturnType<typeof createAdministrativeUnitLoaders> &
  ReturnType<typeof createIndicatorLoaders> &
  ReturnType<typeof createPlanLoaders>;

/** Judges the figures that sectors compute. */
export class AssessmentService {
  constructor(private readonly loaders: Loaders) {}

  /** Null for an indicator or a unit that is not known. */
  async of(reference: AssessmentReference): Promise<AssessmentSource | null> {
    const { indicatorCode, unitId } = reference;
    const [indicator, milestones, unit, plan] = await Promise.all([
      this.loaders.indicatorByCode.load(indicatorCode),
      this.loaders.milestonesByIndicator.load(indicatorCode),
      this.loaders.unitById(unitId),
      this.loaders.plan(),
    ]);
    if (indicator === null || unit === null) return null;
    const { value = null, applicable } = reference;
    const figure = { ...reference, value, applicable: applicable ?? true };
    const kind = indicator.kind as IndicatorKind;
    return {
      ...figure,
      ...judge(kind, milestones, figure),
      kind,
      isReference: plan?.unitId !== unitId,
    };
  }
}
