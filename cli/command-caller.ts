import { createTokenVerifier } from "../access/access-token";
import type { Role } from "../access/viewer";
import { dayInVietnam } from "../subgraphs/foundation/calendar";
import { readAgencyDirectory } from "../subgraphs/foundation/rights/agency-directory";
import type { Caller } from "../subgraphs/foundation/rights/caller";
import { SECTORS, type Sector } from "../subgraphs/foundation/sector";
import type { CommonSettings } from "../subgraphs/foundation/settings";

/**
 * On whose behalf a command writes: the bearer of `HUB_TOKEN`. Without one, and while the hub issues its own tokens, whoever
 * may read its keys may act for the agency that keeps the sector's data, as a token that he could print would let him.
 */
export async function commandCaller(
  settings: CommonSettings,
  sector: Sector | null,
  role: Role,
): Promise<Caller> {
  const language = "vi";
  const token = process.env.HUB_TOKEN;
  if (token) {
    const viewer = await createTokenVerifier(settings)(`Bearer ${token}`);
    return { viewer, language };
  }
  if (settings.OIDC_ISSUER) {
    throw new Error(
      `Cần HUB_TOKEN: mã truy cập do ${settings.OIDC_ISSUER} cấp. / HUB_TOKEN is needed: an access token of ${settings.OIDC_ISSUER}.`,
    );
  }
  const today = dayInVietnam(new Date());
  const directory = readAgencyDirectory(settings.REFERENCE_AGENCIES);
  const agencyId = directory.leadOf(sector ?? "CULTURE", today)!;
  return {
    viewer: {
      subject: `${agencyId}/command-line`,
      agencyId,
      sectors: sector === null ? SECTORS : [sector],
      units: [directory.unitOf(agencyId) ?? "12"],
      roles: [role],
      issuedOn: today,
    },
    language,
  };
}

/** @throws when it is no sector. */
export function readSector(text: string | undefined): Sector | null {
  if (text === undefined) return null;
  const found = SECTORS.find((sector) => sector === text.toUpperCase().replaceAll("-", "_"));
  if (found) return found;
  throw new Error(`--sector ${text}? ${SECTORS.join(", ")}`);
}

/** @throws when it is no year. */
export function readYear(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^20\d\d$/u.test(text)) return Number(text);
  throw new Error(`--year ${text}? 2022 … 2030`);
}
