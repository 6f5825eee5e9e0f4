import type { GraphQLResolveInfo } from "graphql";
import { userErrors } from "../../foundation/entry/problem";
import type { Context } from "../context";
import type { DutySource } from "../duty/duty.loaders";
import type { AskedProgress } from "./duty-progress-entry";
import type { DutyProgressRecord } from "./duty-progress.record";
import type { Resolvers } from "../generated/resolver-types";

type InYear = { year: number };

export const dutyProgressResolvers = {
  Mutation: {
    reportDutyProgress: async (
      _root: unknown,
      { input }: { input: AskedProgress & { idempotencyKey: string } },
      { writer, language }: Context,
      info: GraphQLResolveInfo,
    ) => {
      const outcome = await writer.write(info, input, (write) =>
        writer.dutyProgress.report(write, input),
      );
      return {
        progress: outcome.answer?.progress ?? null,
        userErrors: userErrors(outcome.problems ?? [], language),
      };
    },
  },
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
