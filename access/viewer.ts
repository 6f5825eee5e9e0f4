import { z } from "zod";

/** What a caller may do with the data of its own sectors and units. */
export const ROLES = ["REPORTER", "APPROVER", "STEWARD", "AUDITOR"] as const;
export type Role = (typeof ROLES)[number];

/** Who asks, as a verified token says. */
export interface Viewer {
  /** The account; shown to nobody. */
  subject: string;
  /** `agency:so-gddt`. */
  agencyId: string;
  sectors: readonly string[];
  /** Unit codes as of `issuedOn`, or ids of unit versions. */
  units: readonly string[];
  roles: readonly Role[];
  /** The day in Việt Nam on which the token was issued, `YYYY-MM-DD`. */
  issuedOn: string;
}

/** What a token must say of its bearer. No units, or no sectors, is none of them. */
export const claimsShape = z.object({
  sub: z.string().min(1).max(200),
  agency: z.string().min(1).max(64),
  roles: z
    .array(
      z
        .string()
        .transform((role) => role.toUpperCase())
        .pipe(z.enum(ROLES)),
    )
    .max(8),
  sectors: z.array(z.string().max(32)).max(16).default([]),
  units: z.array(z.string().max(64)).max(500).default([]),
  iat: z.number(),
  exp: z.number(),
});

/** The bearer of checked claims. */
export function viewerOf(claims: z.infer<typeof claimsShape>): Viewer {
  const { sub, agency, roles, sectors, units, iat } = claims;
  const issuedOn = new Date((iat + 7 * 3600) * 1000).toISOString().slice(0, 10);
  return { subject: sub, agencyId: agency, sectors, units, roles, issuedOn };
}
