import type { Day } from "../../foundation/calendar";
import type { Context } from "../context";
import type { IndicatorRecord } from "./indicator.record";
import type { ResponsibilityRecord } from "./responsibility.record";
import type { Resolvers } from "../generated/resolver-types";

type Nothing = Record<string, never>;
type OnDay = { asOf?: Day | null };

export const indicatorResolvers = {
  Query: {
    indicators: (_root: unknown, _arguments: Nothing, { services }: Context) =>
      services.indicator.all(),
    indicator: (_root: unknown, { code }: { code: string }, { loaders }: Context) =>
      loaders.indicatorByCode.load(code),
  },
  Indicator: {
    __resolveReference: ({ code }: { code: string }, { loaders }: Context) =>
      loaders.indicatorByCode.load(code),
    milestones: ({ code }: IndicatorRecord, _arguments: Nothing, { loaders }: Context) =>
      loaders.milestonesByIndicator.load(code),
    responsibilities: ({ code }: IndicatorRecord, { asOf }: OnDay, { services }: Context) =>
      services.indicator.responsibilitiesFor(code, asOf ?? null),
    responsibleAgencies: ({ code }: IndicatorRecord, { asOf }: OnDay, { services }: Context) =>
      services.indicator.responsibleAgencies(code, asOf ?? null),
    supportingAgencies: (indicator: IndicatorRecord, { asOf }: OnDay, { services }: Context) =>
      services.indicator.supportingAgencies(indicator, asOf ?? null),
  },
  Responsibility: {
    agency: ({ agencyId }: ResponsibilityRecord, _arguments: Nothing, { loaders }: Context) =>
      loaders.agencyById.load(agencyId),
    duty: (
      { dutyId, agencyId }: ResponsibilityRecord,
      _arguments: Nothing,
      { services }: Context,
    ) => services.duty.withIdHeldBy(dutyId, agencyId),
  },
} satisfies Resolvers;
