import { dayBefore, type Day } from "../../foundation/calendar";
import type { ReferenceUnit } from "../../foundation/territory/reference-file";
import type { AgencySuccessionRecord } from "../agency/agency-succession.record";
import type { AgencyRecord } from "../agency/agency.record";
import { dutyIdOf } from "./duty-rows";
import type { PlanAgency } from "./plan-file";

/** The rows that the checked agencies become. */
export function agencyRows(
  reference: readonly PlanAgency[],
  units: readonly ReferenceUnit[],
  planDay: Day,
): { agencies: AgencyRecord[]; agencySuccessions: AgencySuccessionRecord[] } {
  return {
    agencies: reference.map((agency, ordinal) => ({
      id: agency.id,
      ordinal,
      name: agency.nameVi,
      nameEn: agency.nameEn,
      sector: agency.sector,
      kind: agency.kind,
      planSection: agency.planSection,
      validFrom: agency.validFrom,
      validUntil: agency.validUntil,
      unitId: unitOn(units, agency.unitCode, dayOf(agency, planDay))?.id ?? null,
    })),
    agencySuccessions: reference.flatMap(({ id, successions }) =>
      successions.map((succession, ordinal) => ({
        predecessorId: id,
        ordinal,
        successorId: succession.to,
        effectiveOn: succession.on,
        kind: succession.what,
        scope: succession.scopeVi,
        scopeEn: succession.scopeEn,
        dutyIds: succession.duties.map(dutyIdOf),
        legalBasis: succession.legalBasis,
        dateBasis: succession.dateBasis,
        confidence: succession.confidence,
        note: succession.noteVi,
        noteEn: succession.noteEn,
      })),
    ),
  };
}

/** A day on which the agency was: codes are reused, and its unit bore the code then. */
function dayOf({ validFrom, validUntil }: PlanAgency, planDay: Day): Day {
  return validFrom ?? (validUntil === null ? planDay : dayBefore(validUntil));
}

/** Undefined where the units file is another province's than the agencies'. */
export function unitOn(
  units: readonly ReferenceUnit[],
  code: string | null,
  day: Day,
): ReferenceUnit | undefined {
  return units.find(
    (unit) =>
      unit.code === code &&
      (unit.validFrom === null || unit.validFrom <= day) &&
      (unit.validUntil === null || day < unit.validUntil),
  );
}
