import { createHash } from "node:crypto";
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  SignJWT,
  type JWTVerifyGetKey,
} from "jose";
import { z } from "zod";
import { AccessRefused, type RefusalReason } from "./access-refused";
import { openSigningKey, type SigningKey } from "./signing-key";
import { claimsShape, viewerOf, type Role, type Viewer } from "./viewer";

/** Who issues and who is meant, while the hub issues its own tokens. */
const HUB = "lai-chau-hub";

/** Signatures that nobody can make who only knows the public key. */
const ALGORITHMS = ["EdDSA", "Ed25519", "ES256", "ES384", "RS256", "PS256"];

/** How far the clocks of the issuer and of the hub may be apart. */
const SKEW_SECONDS = 60;
const LONGEST_TOKEN = 8192;
const MOST_REMEMBERED = 1000;

/** Settings of whoever believes tokens. Without an issuer the hub's own key signs them. */
export const accessSettings = {
  OIDC_ISSUER: z.url({ protocol: /^https?$/u }).optional(),
  OIDC_AUDIENCE: z.string().default(HUB),
  OIDC_JWKS_URL: z.url({ protocol: /^https?$/u }).optional(),
};

export interface TokenSettings {
  OIDC_ISSUER?: string | undefined;
  OIDC_AUDIENCE: string;
  OIDC_JWKS_URL?: string | undefined;
  /** Where the hub's own key lies. */
  DATA_DIRECTORY: string;
}

/** Whom an `Authorization` header names; null without one. @throws AccessRefused when it cannot be believed. */
export type TokenVerifier = (authorization: string | undefined) => Promise<Viewer | null>;

/**
 * Verifies access tokens. Keys are fetched, or made, when the first token comes; a verified token is remembered until it
 * expires, so that one that comes with every request costs one signature.
 */
export function createTokenVerifier(
  settings: TokenSettings,
  clock: () => Date = () => new Date(),
): TokenVerifier {
  const remembered = new Map<string, { viewer: Viewer; exp: number }>();
  let keys: JWTVerifyGetKey | undefined;
  return async (authorization) => {
    if (authorization === undefined) return null;
    const token = /^Bearer +([\w.~+/=-]+)$/iu.exec(authorization)?.[1];
    if (token === undefined || token.length > LONGEST_TOKEN) throw new AccessRefused("MALFORMED");
    const digest = createHash("sha256").update(token).digest("base64url");
    const known = remembered.get(digest);
    const now = clock();
    if (known) {
      if (known.exp + SKEW_SECONDS > now.getTime() / 1000) return known.viewer;
      remembered.delete(digest);
      throw new AccessRefused("EXPIRED");
    }
    keys ??= keySource(settings);
    const claims = await verify(token, keys, settings, now);
    if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!);
    const viewer = viewerOf(claims);
    remembered.set(digest, { viewer, exp: claims.exp });
    return viewer;
  };
}

/** What a token of the hub's own is to say. */
export interface Grant {
  subject: string;
  agencyId: string;
  sectors: readonly string[];
  units: readonly string[];
  roles: readonly Role[];
  lifetimeSeconds: number;
}

/** A token signed with the hub's own key. */
export function issueToken(
  { privateKey }: SigningKey,
  { subject, agencyId, sectors, units, roles, lifetimeSeconds }: Grant,
  clock: () => Date = () => new Date(),
): Promise<string> {
  const now = Math.floor(clock().getTime() / 1000);
  return new SignJWT({ agency: agencyId, sectors, units, roles })
    .setProtectedHeader({ alg: "EdDSA" })
    .setSubject(subject)
    .setIssuer(HUB)
    .setAudience(HUB)
    .setIssuedAt(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(privateKey);
}

async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  { OIDC_ISSUER, OIDC_AUDIENCE }: TokenSettings,
  now: Date,
) {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer: OIDC_ISSUER ?? HUB,
      audience: OIDC_AUDIENCE,
      clockTolerance: SKEW_SECONDS,
      currentDate: now,
      requiredClaims: ["exp", "iat", "sub"],
    });
    if (payload.iat! > now.getTime() / 1000 + SKEW_SECONDS)
      throw new AccessRefused("NOT_YET_VALID");
    const claims = claimsShape.safeParse(payload);
    if (claims.success) return claims.data;
    const wrong = claims.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new AccessRefused("BAD_CLAIMS", wrong);
  } catch (error) {
    throw error instanceof AccessRefused ? error : refusalOf(error, token);
  }
}

/** The keys of the issuer, or the hub's own. */
function keySource({ OIDC_ISSUER, OIDC_JWKS_URL, DATA_DIRECTORY }: TokenSettings): JWTVerifyGetKey {
  if (OIDC_ISSUER === undefined) {
    const { publicKey } = openSigningKey(DATA_DIRECTORY);
    return async () => publicKey;
  }
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    found ??= discover(OIDC_ISSUER, OIDC_JWKS_URL).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return (await found)(header, token);
  };
}

async function discover(issuer: string, jwksUrl: string | undefined): Promise<JWTVerifyGetKey> {
  if (jwksUrl !== undefined) return createRemoteJWKSet(new URL(jwksUrl));
  const address = `${issuer.replace(/\/$/u, "")}/.well-known/openid-configuration`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(5000) });
    const { jwks_uri } = z.object({ jwks_uri: z.url() }).parse(await response.json());
    return createRemoteJWKSet(new URL(jwks_uri));
  } catch {
    throw new AccessRefused("KEYS_UNAVAILABLE");
  }
}

function refusalOf(error: unknown, token: string): AccessRefused {
  if (error instanceof errors.JWTExpired) return new AccessRefused("EXPIRED");
  if (error instanceof errors.JWTClaimValidationFailed) {
    const reasons: Record<string, RefusalReason> = {
      aud: "WRONG_AUDIENCE",
      iss: "WRONG_ISSUER",
      nbf: "NOT_YET_VALID",
      iat: "NOT_YET_VALID",
    };
    return new AccessRefused(reasons[error.claim] ?? "BAD_CLAIMS", error.claim);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return new AccessRefused("WRONG_ALGORITHM");
  if (error instanceof errors.JWKSNoMatchingKey) return new AccessRefused("UNKNOWN_KEY");
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new AccessRefused("BAD_SIGNATURE");
  if (error instanceof errors.JWKSTimeout) return new AccessRefused("KEYS_UNAVAILABLE");
  // A key of another kind than the header's algorithm wants.
  if (error instanceof TypeError && isAsymmetric(token)) return new AccessRefused("UNKNOWN_KEY");
  if (error instanceof errors.JOSEError && error.code === "ERR_JOSE_GENERIC")
    return new AccessRefused("KEYS_UNAVAILABLE");
  if (error instanceof errors.JOSEError) return new AccessRefused("MALFORMED");
  return new AccessRefused("KEYS_UNAVAILABLE");
}

function isAsymmetric(token: string): boolean {
  try {
    return ALGORITHMS.includes(decodeProtectedHeader(token).alg ?? "");
  } catch {
    return false;
  }
}
