import { manyByKey, oneByKey } from "../../foundation/keyed-loader";
import type { DutyAgencyRecord } from "./duty-agency.record";
import type { DutyRecord } from "./duty.record";
import type { DutyRepository } from "./duty.repository";

/** A duty as the query met it: below an agency, its status and progress are that agency's own. */
export interface DutySource extends DutyRecord {
  heldBy: string | null;
}

export function createDutyLoaders(duties: DutyRepository) {
  const agenciesByDuty = manyByKey(
    (ids) => duties.agenciesOf(ids),
    ({ dutyId }) => dutyId,
  );
  const partOf = async (dutyId: string, part: string): Promise<DutyAgencyRecord[]> =>
    (await agenciesByDuty.load(dutyId)).filter((row) => row.part === part);
  let all: Promise<DutyRecord[]> | undefined;
  return {
    allDuties: () => (all ??= duties.all()),
    dutyById: oneByKey(
      (ids) => duties.withIds(ids),
      ({ id }) => id,
    ),
    holdersOfDuty: (dutyId: string) => partOf(dutyId, "HOLDS"),
    partnersOfDuty: (dutyId: string) => partOf(dutyId, "WITH"),
    holdingsByAgency: manyByKey(
      (ids) => duties.heldBy(ids),
      ({ agencyId }) => agencyId,
    ),
  };
}
