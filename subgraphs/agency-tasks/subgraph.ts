import type { Database } from "../foundation/database";
import { readSdl } from "../foundation/read-sdl";
import { dateScalar, dateTimeScalar } from "../foundation/scalars";
import type { Subgraph } from "../foundation/serve-subgraph";
import { administrativeUnitResolvers } from "./administrative-unit/administrative-unit.resolvers";
import { agencyReportResolvers } from "./agency-report/agency-report.resolvers";
import { agencyResolvers } from "./agency/agency.resolvers";
import { assessmentResolvers } from "./assessment/assessment.resolvers";
import { createContext, type Context } from "./context";
import { dutyProgressResolvers } from "./duty-progress/duty-progress.resolvers";
import { dutyResolvers } from "./duty/duty.resolvers";
import { indicatorResolvers } from "./indicator/indicator.resolvers";
import { planResolvers } from "./plan/plan.resolvers";

/** Units, agencies, the plan and its duties: what the sectors share. */
export function createAgencyTasksSubgraph({
  database,
  clock,
}: {
  database: Database;
  clock: () => Date;
}): Subgraph<Context> {
  return {
    name: "agency-tasks",
    typeDefs: readSdl(__dirname, ["contact", "scalars", "sector"]),
    resolvers: together([
      { Date: dateScalar, DateTime: dateTimeScalar },
      administrativeUnitResolvers,
      agencyResolvers,
      agencyReportResolvers,
      assessmentResolvers,
      dutyResolvers,
      dutyProgressResolvers,
      indicatorResolvers,
      planResolvers,
    ]),
    databases: [database],
    createContext: () => createContext(database, clock),
  };
}

/** Each concept has its own resolvers; those of one type, such as `Query`, are laid together. */
function together(concepts: Record<string, object>[]): Record<string, object> {
  const resolvers: Record<string, object> = {};
  for (const concept of concepts)
    for (const [type, own] of Object.entries(concept))
      resolvers[type] = resolvers[type] ? { ...resolvers[type], ...own } : own;
  return resolvers;
}
