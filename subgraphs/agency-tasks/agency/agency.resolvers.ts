import type { Day } from "../../foundation/calendar";
import type { Context } from "../context";
import type { AgencySuccessionRecord } from "./agency-succession.record";
import type { AgencyRecord } from "./agency.record";
import type { SeenAgencySuccession } from "./agency.service";
import type { Resolvers } from "../generated/resolver-types";

type Nothing = Record<string, never>;

export const agencyResolvers = {
  Query: {
    agency: (_root: unknown, { id }: { id: string }, { loaders }: Context) =>
      loaders.agencyById.load(id),
    agencies: (
      _root: unknown,
      { sector, asOf }: { sector?: string | null; asOf?: Day | null },
      { services }: Context,
    ) => services.agency.listed(sector ?? null, asOf ?? null),
  },
  Agency: {
    __resolveReference: ({ id }: { id: string }, { loaders }: Context) =>
      loaders.agencyById.load(id),
    unit: ({ unitId }: AgencyRecord, _arguments: Nothing, { loaders }: Context) =>
      unitId === null ? null : loaders.unitById(unitId),
    duties: (agency: AgencyRecord, { asOf }: { asOf?: Day | null }, { services }: Context) =>
      services.duty.ofAgency(agency, asOf ?? null),
    successors: ({ id }: AgencyRecord, _arguments: Nothing, { services }: Context) =>
      services.agency.successorsOf(id),
    predecessors: ({ id }: AgencyRecord, _arguments: Nothing, { services }: Context) =>
      services.agency.predecessorsOf(id),
  },
  AgencySuccession: {
    agency: ({ agencyId }: SeenAgencySuccession, _arguments: Nothing, { loaders }: Context) =>
      agencyId === null ? null : loaders.agencyById.load(agencyId),
    on: ({ effectiveOn }: AgencySuccessionRecord) => effectiveOn,
    duties: ({ dutyIds }: AgencySuccessionRecord, _arguments: Nothing, { services }: Context) =>
      Promise.all(dutyIds.map((id) => services.duty.withId(id))),
  },
} satisfies Resolvers;
