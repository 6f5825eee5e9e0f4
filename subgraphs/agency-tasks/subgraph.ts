import { Ledger } from "../foundation/ledger/ledger";
import { readSdl } from "../foundation/read-sdl";
import { dateScalar, dateTimeScalar } from "../foundation/scalars";
import type { Subgraph } from "../foundation/serve-subgraph";
import { administrativeUnitResolvers } from "./administrative-unit/administrative-unit.resolvers";
import { agencyReportResolvers } from "./agency-report/agency-report.resolvers";
import { agencyResolvers } from "./agency/agency.resolvers";
import { assessmentResolvers } from "./assessment/assessment.resolvers";
import { createContext, type Context, type ProvincialHouse } from "./context";
import { dutyProgressResolvers } from "./duty-progress/duty-progress.resolvers";
import { dutyResolvers } from "./duty/duty.resolvers";
import { indicatorResolvers } from "./indicator/indicator.resolvers";
import { planResolvers } from "./plan/plan.resolvers";
import { sealedReportResolvers } from "./sealed-report/sealed-report.resolvers";

/** The value types of `schema/common` that this subgraph shares. */
export const agencyTasksCommon = ["contact", "rights", "scalars", "sector", "user-error"];

/** Units, agencies, the plan and its duties: what the sectors share. */
export function createAgencyTasksSubgraph({
  database,
  territory,
  agencies,
  clock,
  askHub,
}: Omit<ProvincialHouse, "ledger">): Subgraph<Context> {
  const house = {
    database,
    territory,
    agencies,
    clock,
    askHub,
    ledger: new Ledger(database, clock),
  };
  return {
    name: "agency-tasks",
    typeDefs: readSdl(__dirname, agencyTasksCommon),
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
      sealedReportResolvers,
    ]),
    databases: [database],
    createContext: (caller) => createContext(house, caller),
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
