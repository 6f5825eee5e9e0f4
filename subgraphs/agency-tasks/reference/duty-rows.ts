import type { ReporterRecord } from "../agency-report/reporter.record";
import type { DutyAgencyRecord } from "../duty/duty-agency.record";
import type { DutyRecord } from "../duty/duty.record";
import { passedOn } from "./passed-on";
import { dutiesOf, type Plan, type PlanAgency } from "./plan-file";

export function dutyIdOf(clause: string): string {
  return `duty:${clause}`;
}

/** Duties, who has them and helps with them when, and who owes the yearly reports when. */
export function dutyRows(
  plan: Plan,
  agencies: ReadonlyMap<string, PlanAgency>,
): { duties: DutyRecord[]; dutyAgencies: DutyAgencyRecord[]; reporters: ReporterRecord[] } {
  return {
    duties: plan.dutyGroups
      .flatMap((group) => group.duties.map((duty) => ({ group, duty })))
      .map(({ group, duty }, ordinal) => ({
        id: dutyIdOf(duty.id),
        clause: duty.id,
        groupCode: group.id,
        ordinal,
        planSection: duty.planSection,
        name: duty.nameVi,
        nameEn: duty.nameEn,
        roles: duty.roles,
        alsoWith: duty.alsoWithVi,
        alsoWithEn: duty.alsoWithEn,
      })),
    dutyAgencies: dutiesOf(plan).flatMap((duty) => [
      // A duty passes only to the successor that the reference names for it.
      ...passedOn(duty.agencies, agencies, ({ duties }) => duties.includes(duty.id)).map(
        (holder) => ({ ...holder, dutyId: dutyIdOf(duty.id), part: "HOLDS" }),
      ),
      // A partner that has ended is followed by all its successors.
      ...passedOn(duty.with, agencies, ({ on }, { validUntil }) => on === validUntil).map(
        (partner) => ({ ...partner, dutyId: dutyIdOf(duty.id), part: "WITH" }),
      ),
    ]),
    reporters: reporterRows(plan, agencies),
  };
}

/**
 * A yearly report is owed by the agencies that the plan names, and after them by those that took over duties of the plan
 * from them; nobody reports to itself, and a group of agencies reports through its members.
 */
function reporterRows(plan: Plan, agencies: ReadonlyMap<string, PlanAgency>): ReporterRecord[] {
  return plan.reportingDuties
    .filter(({ frequency }) => frequency === "YEARLY")
    .flatMap(({ code, to, reporters }) => {
      const owing = new Map<string, ReporterRecord>();
      for (const { agency, basis } of reporters) {
        if (agencies.get(agency)!.kind === "GROUP") continue;
        const held = passedOn(
          [agency],
          agencies,
          ({ duties, to: successor }) => duties.length > 0 && successor !== to,
        );
        for (const holder of held) {
          const known = owing.get(holder.agencyId);
          // Its own report comes before one that it took over.
          if (known && (known.fromOn === null || holder.agencyId !== agency)) continue;
          owing.set(holder.agencyId, {
            ...holder,
            reportingDutyCode: code,
            basis: holder.agencyId === agency ? basis.toUpperCase() : "INFERRED",
          });
        }
      }
      return [...owing.values()];
    });
}
