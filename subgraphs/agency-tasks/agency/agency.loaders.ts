import { manyByKey, oneByKey } from "../../foundation/keyed-loader";
import type { AgencyRecord } from "./agency.record";
import type { AgencyRepository } from "./agency.repository";

export function createAgencyLoaders(agencies: AgencyRepository) {
  const agencyById = oneByKey<AgencyRecord>(
    (ids) => agencies.withIds(ids),
    ({ id }) => id,
  );
  return {
    agencyById,
    /** Each agency once, in the reference's order. */
    agenciesInOrder: async (ids: readonly string[]): Promise<AgencyRecord[]> => {
      const found = await Promise.all([...new Set(ids)].map((id) => agencyById.load(id)));
      return found.filter((agency) => agency !== null).sort((a, b) => a.ordinal - b.ordinal);
    },
    successionsFromAgency: manyByKey(
      (ids) => agencies.successionsFrom(ids),
      ({ predecessorId }) => predecessorId,
    ),
    successionsToAgency: manyByKey(
      (ids) => agencies.successionsTo(ids),
      ({ successorId }) => successorId!,
    ),
  };
}
