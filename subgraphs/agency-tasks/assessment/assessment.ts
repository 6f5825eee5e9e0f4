export const INDICATOR_KINDS = ["YES_NO", "SHARE", "GROWTH"] as const;
export type IndicatorKind = (typeof INDICATOR_KINDS)[number];

export type IndicatorStatus = "MET" | "ON_TRACK" | "BEHIND" | "NO_DATA" | "NOT_APPLICABLE";

/** What the arithmetic needs of a milestone; `minimum` is null where the plan states no number. */
export interface MilestoneNumbers {
  year: number;
  minimum: number | null;
}

/** A figure as a sector sends it: null is "not known", and not applicable means that there is nothing to judge. */
export interface Figure {
  year: number;
  value: number | null;
  applicable: boolean;
}

export interface Judgement<Milestone> {
  /** The first milestone that is not before the figure's year. */
  target: Milestone | null;
  /** Percentage points: the value minus what the target asks for. */
  gap: number | null;
  status: IndicatorStatus;
}

/** The plan gives no baseline: the path begins with nothing at the end of 2022, when Decision 1520/QĐ-TTg was signed. */
const PATH_BEGINS = { year: 2022, number: 0 };

/** Far below any difference between two institutions' shares, far above what dividing floats leaves. */
const TOLERANCE = 1e-9;

/** The stated rule of `Assessment.status`, told in words by `assessment.messages.ts`. */
export function judge<Milestone extends MilestoneNumbers>(
  kind: IndicatorKind,
  milestones: readonly Milestone[],
  { year, value, applicable }: Figure,
): Judgement<Milestone> {
  const inOrder = [...milestones].sort((a, b) => a.year - b.year);
  const target = inOrder.find((milestone) => milestone.year >= year) ?? null;
  const needed = target && numberNeeded(kind, target);
  if (!applicable || target === null || needed === null)
    return { target, gap: null, status: "NOT_APPLICABLE" };
  if (value === null) return { target, gap: null, status: "NO_DATA" };
  const gap = Math.round((value - needed) * 1e9) / 1e9;
  if (value >= needed - TOLERANCE) return { target, gap, status: "MET" };
  if (kind === "GROWTH") return { target, gap, status: "BEHIND" };
  const previous = inOrder.findLast((milestone) => milestone.year < target.year);
  const reached = previous ? numberNeeded(kind, previous) : null;
  const start =
    previous && reached !== null ? { year: previous.year, number: reached } : PATH_BEGINS;
  const along = (year - start.year) / (target.year - start.year);
  const expected = start.number + (needed - start.number) * along;
  const onTrack = year < target.year && value >= expected - TOLERANCE;
  return { target, gap, status: onTrack ? "ON_TRACK" : "BEHIND" };
}

function numberNeeded(kind: IndicatorKind, { minimum }: MilestoneNumbers): number | null {
  return kind === "YES_NO" ? 100 : minimum;
}
