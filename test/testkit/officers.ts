import { issueToken } from "../../access/access-token";
import { openSigningKey } from "../../access/signing-key";
import type { Role } from "../../access/viewer";
import type { Sector } from "../../subgraphs/foundation/sector";
import type { Hub } from "./hub";

/** Where an officer works. */
export interface Office {
  agencyId: string;
  sectors: readonly Sector[];
}

export const CULTURE: Office = { agencyId: "agency:so-vhttdl", sectors: ["CULTURE"] };
export const EDUCATION: Office = { agencyId: "agency:so-gddt", sectors: ["EDUCATION"] };

/** The token of an officer over the whole province. */
export const tokenOf = (
  { folder }: Pick<Hub, "folder">,
  subject: string,
  role: Role,
  { agencyId, sectors }: Office = CULTURE,
): Promise<string> =>
  issueToken(openSigningKey(folder), {
    subject,
    agencyId,
    sectors: [...sectors],
    units: ["unit:12"],
    roles: [role],
    lifetimeSeconds: 3600,
  });
