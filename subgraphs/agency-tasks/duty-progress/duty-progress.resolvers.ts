import type { Context } from "../context";
import type { DutySource } from "../duty/duty.loaders";
import type { DutyProgressRecord } from "./duty-progress.record";
import type { Resolvers } from "../generated/resolver-types";

type InYear = { year: number };

export const dutyProgressResolvers = {
  Duty: {
    status: (duty: DutySource, { year }: InYear, { services }: Context) =>
      services.dutyProgress.statusOf(duty, year),
    progress: (duty: DutySource, { year }: InYear, { services }: Context) =>
      services.dutyProgress.progressOf(duty, year),
  },
  DutyProgress: {
    agency: ({ agencyId }: DutyProgressRecord, _arguments: unknown, { loaders }: Context) =>
      loaders.agencyById.load(agencyId),
  },
} satisfies Resolvers;
