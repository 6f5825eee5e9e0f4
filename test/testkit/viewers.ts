import type { Role, Viewer } from "../../access/viewer";
import { ANONYMOUS } from "../../subgraphs/foundation/rights/caller";
import type { Doorman } from "../../subgraphs/foundation/rights/doorman";
import { SECTORS } from "../../subgraphs/foundation/sector";

/** Somebody of the department of culture who has every role, over the whole province; a test says what is otherwise. */
export function viewer(is: Partial<Viewer> = {}): Viewer {
  return {
    subject: "may-tinh-1",
    agencyId: "agency:so-vhttdl",
    sectors: ["CULTURE"],
    units: ["unit:12"],
    roles: ["REPORTER", "APPROVER", "STEWARD"],
    issuedOn: "2026-11-23",
    ...is,
  };
}

export const inRole = (role: Role, is: Partial<Viewer> = {}) => viewer({ ...is, roles: [role] });

/** Reads what is protected of every sector, and writes nothing. */
export const auditor = viewer({
  subject: "kiem-tra",
  agencyId: "agency:ubnd-tinh",
  sectors: SECTORS,
  roles: ["AUDITOR"],
});

/** A door through which everybody comes as nobody in particular. */
export const openDoor: Doorman = async () => ANONYMOUS;
