import type { Context } from "../context";

export const agencyReportResolvers = {
  Query: {
    reportingStatus: (_root: unknown, { year }: { year: number }, { services }: Context) =>
      services.agencyReport.statusFor(year),
  },
};
