import type { Context } from "../context";
import type { PlanPartKind, PlanPartRecord } from "./plan-part.record";
import type { Decision, PlanRecord } from "./plan.record";
import type { Resolvers } from "../generated/resolver-types";

type Nothing = Record<string, never>;

const parts =
  (kind: PlanPartKind) =>
  (_plan: unknown, _arguments: Nothing, { loaders }: Context) =>
    loaders.partsOfPlan(kind);

export const planResolvers = {
  Query: {
    plan: (_root: unknown, _arguments: Nothing, { services }: Context) => services.plan.plan(),
  },
  Plan: {
    issuer: ({ issuerId }: PlanRecord, _arguments: Nothing, { loaders }: Context) =>
      loaders.agencyById.load(issuerId),
    unit: ({ unitId }: PlanRecord, _arguments: Nothing, { loaders }: Context) =>
      unitId === null ? null : loaders.unitById(unitId),
    indicators: (_plan: unknown, _arguments: Nothing, { services }: Context) =>
      services.indicator.all(),
    duties: (_plan: unknown, _arguments: Nothing, { services }: Context) => services.duty.all(),
    taskGroups: parts("TASK_GROUP"),
    dutyGroups: parts("DUTY_GROUP"),
    fundingSources: parts("FUNDING_SOURCE"),
    namedDays: parts("NAMED_DAY"),
    reviews: parts("REVIEW"),
    reportingDuties: parts("REPORTING_DUTY"),
  },
  Decision: {
    issuer: ({ issuerId }: Decision, _arguments: Nothing, { loaders }: Context) =>
      loaders.agencyById.load(issuerId),
  },
  TaskGroup: {
    tasks: async ({ code }: PlanPartRecord, _arguments: Nothing, { loaders }: Context) =>
      (await loaders.partsOfPlan("TASK")).filter(({ parentCode }) => parentCode === code),
  },
  DutyGroup: {
    requested: ({ details }: PlanPartRecord<"DUTY_GROUP">) => details.requested,
    agencies: (
      { details }: PlanPartRecord<"DUTY_GROUP">,
      _arguments: Nothing,
      { loaders }: Context,
    ) => loaders.agenciesInOrder(details.agencyIds),
    duties: ({ code }: PlanPartRecord, _arguments: Nothing, { services }: Context) =>
      services.duty.ofGroup(code),
  },
  FundingSource: {
    planSections: ({ details }: PlanPartRecord<"FUNDING_SOURCE">) => details.planSections,
  },
  NamedDay: {
    month: ({ details }: PlanPartRecord<"NAMED_DAY">) => details.month,
    day: ({ details }: PlanPartRecord<"NAMED_DAY">) => details.day,
    occurrences: ({ details }: PlanPartRecord<"NAMED_DAY">) => details.occurrences,
    note: ({ details }: PlanPartRecord<"NAMED_DAY">) => details.note,
    noteEn: ({ details }: PlanPartRecord<"NAMED_DAY">) => details.noteEn,
    task: async (
      { details }: PlanPartRecord<"NAMED_DAY">,
      _arguments: Nothing,
      { loaders }: Context,
    ) => (await loaders.partsOfPlan("TASK")).find(({ code }) => code === details.taskCode),
  },
  Review: {
    year: ({ details }: PlanPartRecord<"REVIEW">) => details.year,
    kind: ({ details }: PlanPartRecord<"REVIEW">) => details.kind,
    duty: ({ details }: PlanPartRecord<"REVIEW">, _arguments: Nothing, { services }: Context) =>
      services.duty.withId(details.dutyId),
  },
  ReportingDuty: {
    frequency: ({ details }: PlanPartRecord<"REPORTING_DUTY">) => details.frequency,
    year: ({ details }: PlanPartRecord<"REPORTING_DUTY">) => details.year,
    duty: (
      { details }: PlanPartRecord<"REPORTING_DUTY">,
      _arguments: Nothing,
      { services }: Context,
    ) => services.duty.withId(details.dutyId),
    recipient: (
      { details }: PlanPartRecord<"REPORTING_DUTY">,
      _arguments: Nothing,
      { loaders }: Context,
    ) => loaders.agencyById.load(details.recipientId),
  },
} satisfies Resolvers;
