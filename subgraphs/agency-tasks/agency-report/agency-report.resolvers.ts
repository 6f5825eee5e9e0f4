import type { Context } from "../context";
import type { Resolvers } from "../generated/resolver-types";

export const agencyReportResolvers = {
  Query: {
    reportingStatus: (_root: unknown, { year }: { year: number }, { services }: Context) =>
      services.agencyReport.statusFor(year),
  },
} satisfies Resolvers;
