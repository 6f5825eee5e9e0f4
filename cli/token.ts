import { Command, Option } from "commander";
import { issueToken } from "../access/access-token";
import { gatewayKeyFor, openGatewaySecret } from "../access/gateway-signature";
import { openSigningKey } from "../access/signing-key";
import { ROLES, type Role } from "../access/viewer";
import { readEnvironment } from "../gateway/environment";
import { dayInVietnam, isDay } from "../subgraphs/foundation/calendar";
import { readTerritory } from "../subgraphs/foundation/institution/institution-subgraph";
import { readAgencyDirectory } from "../subgraphs/foundation/rights/agency-directory";
import { SECTORS, type Sector } from "../subgraphs/foundation/sector";
import { commonSettings, readSettings } from "../subgraphs/foundation/settings";
import { foldText } from "../subgraphs/foundation/vietnamese-text";

interface TokenOptions {
  agency: string;
  role: string[];
  sectors?: string[];
  units?: string[];
  subject?: string;
  hours: string;
  asOf?: string;
}

/** `1,2` and repeated options alike. */
const listed = (value: string, before: string[] = []) => [
  ...before,
  ...value.split(",").map((each) => each.trim()),
];

/** `hub token`: a token signed with the hub's own key, for machines and trials without an issuer. */
export function tokenCommand(): Command {
  return new Command("token")
    .description("In một mã truy cập / Print an access token")
    .requiredOption("--agency <id>", "cơ quan / agency, such as agency:so-gddt")
    .addOption(
      new Option(
        "--role <role>",
        `vai trò, có thể nhiều / one or more of ${ROLES.join(", ").toLowerCase()}`,
      )
        .argParser(listed)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        "--sectors <sectors>",
        "ngành; mặc định ngành của cơ quan / sectors; the agency's by default",
      ).argParser(listed),
    )
    .addOption(
      new Option(
        "--units <codes>",
        "đơn vị hành chính; mặc định của cơ quan / units; the agency's by default",
      ).argParser(listed),
    )
    .option("--as-of <day>", "ngày tra mã đơn vị / day on which the codes hold (YYYY-MM-DD)")
    .option("--subject <account>", "tài khoản / account; whoever submits does not approve")
    .option("--hours <hours>", "số giờ có hiệu lực / hours of validity", "8")
    .action(async (options: TokenOptions) => {
      const settings = readSettings(commonSettings, process.env);
      if (settings.OIDC_ISSUER) {
        throw new Error(
          `Mã truy cập do ${settings.OIDC_ISSUER} cấp. / Access tokens are given by ${settings.OIDC_ISSUER}.`,
        );
      }
      const grant = readGrant(options, settings);
      console.log(await issueToken(openSigningKey(settings.DATA_DIRECTORY), grant));
      console.error(
        `${grant.agencyId} · ${grant.roles.join(", ")} · ${grant.sectors.join(", ") || "—"} · ${grant.units.join(", ") || "—"} · ${options.hours} h`,
      );
    });
}

/** `hub gateway-key`: what a subgraph on another machine is given, so that it believes this gateway and nobody else. */
export function gatewayKeyCommand(): Command {
  return new Command("gateway-key")
    .description("In khóa của một phân hệ ở máy khác / Print the key of a subgraph elsewhere")
    .argument("<subgraph>", "libraries, museums, cultural-centres, agency-tasks")
    .action((subgraph: string) => {
      const { access, gatewaySecret, subgraphUrls } = readEnvironment();
      if (!(subgraph in subgraphUrls)) {
        const known = Object.keys(subgraphUrls).join(", ");
        throw new Error(
          `Không có phân hệ ${subgraph} / There is no subgraph ${subgraph}: ${known}`,
        );
      }
      const secret = openGatewaySecret(access.DATA_DIRECTORY, gatewaySecret);
      console.log(gatewayKeyFor(secret, subgraph).toString("base64url"));
    });
}

function readGrant(
  options: TokenOptions,
  settings: { REFERENCE_AGENCIES: string; REFERENCE_UNITS: string },
) {
  const today = dayInVietnam(new Date());
  const directory = readAgencyDirectory(settings.REFERENCE_AGENCIES);
  const agencyId = options.agency.startsWith("agency:")
    ? options.agency
    : `agency:${options.agency}`;
  if (!directory.exists(agencyId, today)) {
    const wanted = foldText(options.agency.replace(/^agency:/u, "")).slice(0, 4);
    const near = directory.ids(today).filter((id) => id.includes(wanted));
    throw new Error(
      `Không có cơ quan ${agencyId}, hoặc đã kết thúc / There is no agency ${agencyId}, or it has ended. ` +
        `Gần giống / Similar: ${near.slice(0, 8).join(", ") || "—"}`,
    );
  }
  const roles = options.role.map((role) => role.toUpperCase() as Role);
  refuseUnknown("vai trò / role", roles, ROLES);
  const own = directory.sectorOf(agencyId);
  const sectors = (options.sectors ?? defaultSectors(roles, own)).map((sector) =>
    sector.toUpperCase().replaceAll("-", "_"),
  );
  refuseUnknown("ngành / sector", sectors, SECTORS);
  const hours = Number(options.hours);
  if (!(hours > 0 && hours <= 24 * 366)) throw new Error("--hours: 0 < … ≤ 8784 giờ / hours");
  return {
    subject: options.subject ?? `${agencyId}/${roles.join("+").toLowerCase()}`,
    agencyId,
    roles,
    sectors,
    units: readUnits(options, directory.unitOf(agencyId), settings.REFERENCE_UNITS, today),
    lifetimeSeconds: Math.round(hours * 3600),
  };
}

/** Auditors look at everybody's data unless it is said whose. */
function defaultSectors(roles: readonly Role[], own: Sector | null): readonly string[] {
  if (roles.includes("AUDITOR")) return SECTORS;
  return own === null ? [] : [own];
}

/** Ids of unit versions, so that a token means the same units for as long as it lives. */
function readUnits(
  { units, asOf }: TokenOptions,
  ownCode: string | null,
  referenceUnits: string,
  today: string,
): string[] {
  if (asOf !== undefined && !isDay(asOf)) throw new Error("--as-of: YYYY-MM-DD");
  const territory = readTerritory(referenceUnits);
  return (units ?? (ownCode === null ? [] : [ownCode])).map((code) => {
    const found = territory.unit(code) ?? territory.withCode(code, asOf ?? today);
    if (found) return found.id;
    throw new Error(
      `Không có đơn vị hành chính ${code} vào ngày ${asOf ?? today} / There is no unit ${code} on ${asOf ?? today} (--as-of)`,
    );
  });
}

function refuseUnknown(what: string, given: readonly string[], known: readonly string[]): void {
  const wrong = given.filter((each) => !known.includes(each));
  if (wrong.length > 0)
    throw new Error(`${what}: ${wrong.join(", ")}? ${known.join(", ").toLowerCase()}`);
}
