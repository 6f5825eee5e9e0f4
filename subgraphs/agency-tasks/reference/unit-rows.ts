import type { ReferenceUnit } from "../../foundation/territory/reference-file";
import { foldText, vietnameseSortKey } from "../../foundation/vietnamese-text";
import type { AdministrativeUnitRecord } from "../administrative-unit/administrative-unit.record";
import type { UnitNameRecord } from "../administrative-unit/unit-name.record";
import type { UnitSuccessionRecord } from "../administrative-unit/unit-succession.record";

/** The rows that a checked units file becomes. */
export function unitRows(reference: readonly ReferenceUnit[]): {
  units: AdministrativeUnitRecord[];
  names: UnitNameRecord[];
  successions: UnitSuccessionRecord[];
} {
  return {
    units: reference.map(({ id, code, name, nameEn, type, parentId, validFrom, validUntil }) => ({
      ...{ id, code, name, nameEn, type, parentId, validFrom, validUntil },
      nameSort: vietnameseSortKey(name),
    })),
    names: reference.flatMap(({ id, name, variants }) =>
      [name, ...variants].map((spelling, ordinal) => ({
        unitId: id,
        ordinal,
        name: spelling,
        nameFolded: foldText(spelling),
      })),
    ),
    successions: reference.flatMap(({ id, successors }) =>
      successors.map(({ unitId, on, instrument }) => ({
        predecessorId: id,
        successorId: unitId,
        effectiveOn: on,
        instrument,
      })),
    ),
  };
}
