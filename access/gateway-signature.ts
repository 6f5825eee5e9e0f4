import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { AccessRefused } from "./access-refused";
import { openKeyFile } from "./key-file";
import { ROLES, type Viewer } from "./viewer";

/** How long a signed request may be on its way, either side of now. */
const LIFETIME_MS = 30_000;

const viewerShape = z.object({
  subject: z.string(),
  agencyId: z.string(),
  sectors: z.array(z.string()),
  units: z.array(z.string()),
  roles: z.array(z.enum(ROLES)),
  issuedOn: z.string(),
});

/** The gateway's secret (32 bytes), made on first use under `<data directory>/keys` unless it is set, as base64url. */
export function openGatewaySecret(dataDirectory: string, set?: string): Buffer {
  const text =
    set ??
    openKeyFile(dataDirectory, "gateway.secret", () => randomBytes(32).toString("base64url"));
  const secret = Buffer.from(text.trim(), "base64url");
  if (secret.length >= 32) return secret;
  throw new Error(
    "GATEWAY_SECRET cần ít nhất 32 byte viết theo base64url. / GATEWAY_SECRET needs at least 32 bytes as base64url.",
  );
}

/** The key with which the gateway signs what it asks of one subgraph; it signs for no other. */
export function gatewayKeyFor(secret: Buffer, subgraph: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `hub-gateway/${subgraph}`, 32));
}

/** Headers that tell a subgraph who asks, for this one request only. */
export function signRequest(
  key: Buffer,
  {
    subgraph,
    query = "",
    body,
    viewer,
    now,
  }: {
    subgraph: string;
    /** What stands behind the `?` of the address: for a file it says what is to be done with it. */
    query?: string;
    body: string | Buffer;
    viewer: Viewer;
    now: Date;
  },
): Record<"hub-viewer" | "hub-signature", string> {
  const told = Buffer.from(JSON.stringify(viewer)).toString("base64url");
  const at = String(now.getTime());
  const nonce = randomBytes(16).toString("base64url");
  const mac = macOf(key, { at, nonce, subgraph, query, body, told }).toString("base64url");
  return { "hub-viewer": told, "hub-signature": `v2,${at},${nonce},${mac}` };
}

/** Whom the gateway says a request is from; `UNSIGNED` when it did not come through the gateway. */
export type SignatureCheck = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string | Buffer,
  query?: string,
) => Viewer | "UNSIGNED";

/** Checks the gateway's signatures; each is taken once. @throws AccessRefused by the check, for any that is not right. */
export function createSignatureCheck(
  key: Buffer,
  subgraph: string,
  clock: () => Date = () => new Date(),
): SignatureCheck {
  const seen = new Nonces();
  return (headers, body, query = "") => {
    const told = headers["hub-viewer"];
    const signature = headers["hub-signature"];
    if (told === undefined && signature === undefined) return "UNSIGNED";
    if (typeof told !== "string" || typeof signature !== "string")
      throw new AccessRefused("BAD_SIGNATURE");
    const [version, at = "", nonce = "", mac = "", ...rest] = signature.split(",");
    if (version !== "v2" || !/^\d{13}$/u.test(at) || nonce.length < 16 || rest.length > 0)
      throw new AccessRefused("BAD_SIGNATURE");
    const wanted = macOf(key, { at, nonce, subgraph, query, body, told });
    const given = Buffer.from(mac, "base64url");
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
      throw new AccessRefused("BAD_SIGNATURE");
    const now = clock().getTime();
    if (Math.abs(now - Number(at)) > LIFETIME_MS) throw new AccessRefused("SIGNATURE_EXPIRED");
    if (!seen.add(nonce, now)) throw new AccessRefused("SIGNATURE_REPLAYED");
    return viewerShape.parse(JSON.parse(Buffer.from(told, "base64url").toString("utf8")));
  };
}

function macOf(
  key: Buffer,
  {
    at,
    nonce,
    subgraph,
    query,
    body,
    told,
  }: {
    at: string;
    nonce: string;
    subgraph: string;
    query: string;
    body: string | Buffer;
    told: string;
  },
): Buffer {
  const digest = createHash("sha256").update(body).digest("base64url");
  const text = ["v2", at, nonce, subgraph, query, digest, told].join("\n");
  return createHmac("sha256", key).update(text).digest();
}

/** Nonces of requests that could still be replayed, in two generations, so that memory is bounded by the traffic. */
class Nonces {
  private young = new Set<string>();
  private old = new Set<string>();
  private turnedAt = 0;

  /** False when it was there. */
  add(nonce: string, now: number): boolean {
    if (now - this.turnedAt > 2 * LIFETIME_MS) {
      this.old = now - this.turnedAt > 4 * LIFETIME_MS ? new Set() : this.young;
      this.young = new Set();
      this.turnedAt = now;
    }
    if (this.young.has(nonce) || this.old.has(nonce)) return false;
    this.young.add(nonce);
    return true;
  }
}
