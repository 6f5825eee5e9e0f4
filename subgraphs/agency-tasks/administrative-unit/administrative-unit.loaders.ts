import type { Day } from "../../foundation/calendar";
import { manyByKey, oneByKey } from "../../foundation/keyed-loader";
import { holdsOn } from "../validity";
import type { AdministrativeUnitRecord } from "./administrative-unit.record";
import type { AdministrativeUnitRepository } from "./administrative-unit.repository";

/** A unit as the query met it: under which day it was asked for, its parts are told for that day too. */
export interface UnitSource extends AdministrativeUnitRecord {
  askedFor: Day | null;
}

export function createAdministrativeUnitLoaders(units: AdministrativeUnitRepository) {
  const unitById = oneByKey(
    (ids) => units.withIds(ids),
    ({ id }) => id,
  );
  const versionsByCode = manyByKey(
    (codes) => units.withCodes(codes),
    ({ code }) => code,
  );
  const childrenByUnit = manyByKey(
    (ids) => units.childrenOf(ids),
    ({ parentId }) => parentId ?? "",
  );
  return {
    unitById: async (id: string): Promise<UnitSource | null> => {
      const unit = await unitById.load(id);
      return unit && askedFor(null)(unit);
    },
    /** The version that bears the code on the day, asked for on `askedDay`. */
    unitByCode: async (
      code: string,
      day: Day,
      askedDay: Day | null,
    ): Promise<UnitSource | null> => {
      const unit = (await versionsByCode.load(code)).find((version) => isValidOn(version, day));
      return unit ? askedFor(askedDay)(unit) : null;
    },
    subdivisionsOf: async (id: string, day: Day, askedDay: Day | null): Promise<UnitSource[]> =>
      (await childrenByUnit.load(id))
        .filter((child) => isValidOn(child, day))
        .map(askedFor(askedDay)),
    variantsByUnit: manyByKey(
      (ids) => units.variantsOf(ids),
      ({ unitId }) => unitId,
    ),
    predecessorsByUnit: manyByKey(
      (ids) => units.predecessorsOf(ids),
      ({ seenFromId }) => seenFromId,
    ),
    successorsByUnit: manyByKey(
      (ids) => units.successorsOf(ids),
      ({ seenFromId }) => seenFromId,
    ),
  };
}

export function askedFor(day: Day | null) {
  return (unit: AdministrativeUnitRecord): UnitSource => ({ ...unit, askedFor: day });
}

function isValidOn({ validFrom, validUntil }: AdministrativeUnitRecord, day: Day): boolean {
  return holdsOn({ fromOn: validFrom, untilOn: validUntil }, day);
}
