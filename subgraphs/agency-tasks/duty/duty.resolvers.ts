import type { Day } from "../../foundation/calendar";
import type { Context } from "../context";
import type { DutySource } from "./duty.loaders";
import type { Resolvers } from "../generated/resolver-types";

type OnDay = { asOf?: Day | null };

export const dutyResolvers = {
  Query: {
    duties: (
      _root: unknown,
      { agency, asOf }: OnDay & { agency?: string | null },
      { services, today }: Context,
    ) =>
      agency == null
        ? services.duty.onDay(asOf ?? today)
        : services.duty.ofAgencyWithId(agency, asOf ?? null),
  },
  Duty: {
    alsoDoneWith: ({ alsoWith }: DutySource) => alsoWith,
    alsoDoneWithEn: ({ alsoWithEn }: DutySource) => alsoWithEn,
    __resolveReference: ({ id }: { id: string }, { services }: Context) => services.duty.withId(id),
    agencies: (duty: DutySource, { asOf }: OnDay, { services }: Context) =>
      services.duty.agenciesOf(duty, asOf ?? null),
    doneWith: (duty: DutySource, { asOf }: OnDay, { services }: Context) =>
      services.duty.partnersOf(duty, asOf ?? null),
  },
} satisfies Resolvers;
