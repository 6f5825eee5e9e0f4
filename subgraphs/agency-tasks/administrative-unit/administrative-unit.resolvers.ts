import type { Day } from "../../foundation/calendar";
import type { Context } from "../context";
import type { UnitSource } from "./administrative-unit.loaders";
import type { SeenSuccession } from "./administrative-unit.repository";
import type { Resolvers } from "../generated/resolver-types";

type Reference = { id: string };
type OnDay = { asOf?: Day | null };

export const administrativeUnitResolvers = {
  Query: {
    administrativeUnit: (
      _root: unknown,
      { code, asOf }: OnDay & { code: string },
      { services }: Context,
    ) => services.administrativeUnit.withCode(code, asOf ?? null),
    administrativeUnits: (
      _root: unknown,
      { asOf, type }: OnDay & { type?: string[] | null },
      { services }: Context,
    ) => services.administrativeUnit.onDay(asOf ?? null, type ?? null),
    administrativeUnitSearch: (
      _root: unknown,
      { text, asOf, first }: OnDay & { text: string; first: number },
      { services }: Context,
    ) => services.administrativeUnit.named(text, asOf ?? null, first),
  },
  AdministrativeUnit: {
    __resolveReference: ({ id }: Reference, { loaders }: Context) => loaders.unitById(id),
    variants: async ({ id }: UnitSource, _arguments: unknown, { loaders }: Context) =>
      (await loaders.variantsByUnit.load(id)).map(({ name }) => name),
    parent: (unit: UnitSource, _arguments: unknown, { services }: Context) =>
      services.administrativeUnit.parentOf(unit),
    subdivisions: (unit: UnitSource, { asOf }: OnDay, { services }: Context) =>
      services.administrativeUnit.subdivisionsOf(unit, asOf ?? null),
    predecessors: ({ id }: UnitSource, _arguments: unknown, { loaders }: Context) =>
      loaders.predecessorsByUnit.load(id),
    successors: ({ id }: UnitSource, _arguments: unknown, { loaders }: Context) =>
      loaders.successorsByUnit.load(id),
  },
  Succession: {
    unit: ({ unitId }: SeenSuccession, _arguments: unknown, { loaders }: Context) =>
      loaders.unitById(unitId),
  },
} satisfies Resolvers;
