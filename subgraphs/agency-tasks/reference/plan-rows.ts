import type { ReferenceUnit } from "../../foundation/territory/reference-file";
import type { IndicatorRecord } from "../indicator/indicator.record";
import type { MilestoneRecord } from "../indicator/milestone.record";
import type { ResponsibilityRecord } from "../indicator/responsibility.record";
import type { PlanPartRecord } from "../plan/plan-part.record";
import type { PlanRecord } from "../plan/plan.record";
import { unitOn } from "./agency-rows";
import { dutyIdOf } from "./duty-rows";
import { passedOn } from "./passed-on";
import type { Plan, PlanAgency, PlanMilestone } from "./plan-file";

/** The plan's own row: it lasts from the decision's year to its last milestone. */
export function planRow(
  { decision, plan, indicators }: Plan,
  units: readonly ReferenceUnit[],
): PlanRecord {
  const milestoneYears = indicators.flatMap(({ milestones }) => milestones.map(({ year }) => year));
  return {
    id: "plan",
    name: plan.nameVi,
    nameEn: plan.nameEn,
    number: plan.number,
    issuedOn: plan.issuedOn,
    issuerId: plan.issuer,
    unitId: unitOn(units, plan.unitCode, plan.issuedOn ?? decision.signedOn)?.id ?? null,
    firstYear: Number(decision.signedOn.slice(0, 4)),
    lastYear: Math.max(...milestoneYears),
    decision: {
      number: decision.number,
      signedOn: decision.signedOn,
      issuerId: decision.issuer,
      name: decision.nameVi,
      nameEn: decision.nameEn,
    },
    note: plan.noteVi,
    noteEn: plan.noteEn,
  };
}

export function indicatorRows(
  plan: Plan,
  agencies: ReadonlyMap<string, PlanAgency>,
): {
  indicators: IndicatorRecord[];
  milestones: MilestoneRecord[];
  responsibilities: ResponsibilityRecord[];
} {
  return {
    indicators: plan.indicators.map((indicator, ordinal) => ({
      code: indicator.code,
      ordinal,
      name: indicator.nameVi,
      nameEn: indicator.nameEn,
      kind: indicator.kind,
      planSection: indicator.planSection,
      condition: indicator.conditionVi,
      conditionEn: indicator.conditionEn,
      note: indicator.noteVi,
      noteEn: indicator.noteEn,
      supportingDutyIds: indicator.supportingDuties.map(dutyIdOf),
    })),
    milestones: plan.indicators.flatMap(({ code, milestones }) =>
      milestones.map((milestone) => milestoneRow(code, milestone)),
    ),
    responsibilities: plan.responsibilities.flatMap((responsibility, ordinal) =>
      passedOn([responsibility.agency], agencies, ({ duties }) =>
        duties.includes(responsibility.duty),
      ).map((held) => ({
        ...held,
        indicatorCode: responsibility.indicator,
        dutyId: dutyIdOf(responsibility.duty),
        ordinal,
        basis: responsibility.basis.toUpperCase(),
        scope: responsibility.scopeVi,
        scopeEn: responsibility.scopeEn,
      })),
    ),
  };
}

function milestoneRow(indicatorCode: string, milestone: PlanMilestone): MilestoneRecord {
  const { year, minimum, maximum, verb, countsBookCollections, national } = milestone;
  return {
    ...{ indicatorCode, year, minimum, maximum, verb, countsBookCollections },
    wording: milestone.wordingVi,
    wordingEn: milestone.wordingEn,
    basis: milestone.basis.toUpperCase(),
    classNote: milestone.classNoteVi,
    classNoteEn: milestone.classNoteEn,
    national: national && {
      minimum: national.minimum,
      maximum: national.maximum,
      source: national.source,
      note: national.noteVi,
      noteEn: national.noteEn,
    },
  };
}

/** Everything of the plan that is named and cited, each kind in its own order. */
export function planPartRows(plan: Plan): PlanPartRecord[] {
  return [
    ...plan.taskGroups.map((group, ordinal) => ({
      ...{ kind: "TASK_GROUP" as const, ordinal, ...titled(group) },
      details: null,
    })),
    ...plan.taskGroups
      .flatMap((group) => group.tasks.map((task) => ({ group, task })))
      .map(({ group, task }, ordinal) => ({
        ...{ kind: "TASK" as const, ordinal, ...titled(task) },
        parentCode: group.id,
        details: null,
      })),
    ...plan.dutyGroups.map((group, ordinal) => ({
      ...{ kind: "DUTY_GROUP" as const, ordinal, ...titled(group) },
      details: { requested: group.requested, agencyIds: group.agencies },
    })),
    ...plan.fundingSources.map((source, ordinal) => ({
      ...{ kind: "FUNDING_SOURCE" as const, ordinal },
      ...titled({ ...source, id: source.code, planSection: source.planSections[0]! }),
      details: { planSections: source.planSections },
    })),
    ...plan.namedDays.map((namedDay, ordinal) => ({
      ...{ kind: "NAMED_DAY" as const, ordinal, ...titled(namedDay) },
      details: {
        month: namedDay.month,
        day: namedDay.day,
        occurrences: namedDay.occurrences,
        taskCode: namedDay.task,
        note: namedDay.noteVi,
        noteEn: namedDay.noteEn,
      },
    })),
    ...plan.reviews.map((review, ordinal) => ({
      ...{ kind: "REVIEW" as const, ordinal, ...titled({ ...review, id: String(review.year) }) },
      details: {
        year: review.year,
        kind: review.kind,
        dutyId: dutyIdOf(review.duty),
        reportingDutyCode: review.reportingDuty,
      },
    })),
    ...plan.reportingDuties.map((reporting, ordinal) => ({
      ...{ kind: "REPORTING_DUTY" as const, ordinal },
      ...titled({ ...reporting, id: reporting.code }),
      details: {
        dutyId: dutyIdOf(reporting.duty),
        recipientId: reporting.to,
        frequency: reporting.frequency,
        year: reporting.year,
      },
    })),
  ];
}

function titled(part: { id: string; nameVi: string; nameEn: string; planSection: string }) {
  return {
    code: part.id,
    parentCode: null as string | null,
    planSection: part.planSection,
    name: part.nameVi,
    nameEn: part.nameEn,
  };
}
