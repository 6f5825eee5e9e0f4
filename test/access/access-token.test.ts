import { createHmac, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, SignJWT } from "jose";
import { createTokenVerifier, issueToken } from "../../access/access-token";
import { openSigningKey } from "../../access/signing-key";

const NOW = new Date("2026-11-23T03:00:00Z");
const seconds = (from: Date, more: number) => Math.floor(from.getTime() / 1000) + more;
const folder = mkdtempSync(join(tmpdir(), "hub-access-"));
afterAll(() => rmSync(folder, { recursive: true }));

const hub = { DATA_DIRECTORY: folder, OIDC_AUDIENCE: "lai-chau-hub" };
const grant = {
  subject: "may-tinh-1",
  agencyId: "agency:so-gddt",
  sectors: ["EDUCATION"],
  units: ["unit:12"],
  roles: ["REPORTER" as const],
  lifetimeSeconds: 3600,
};

/** A token that says what the test wants, signed with the key. */
function signed(claims: object, key: KeyObject, header: { alg: string; kid?: string }) {
  return new SignJWT({
    sub: "a",
    agency: "agency:so-gddt",
    roles: ["reporter"],
    iss: "lai-chau-hub",
    aud: "lai-chau-hub",
    iat: seconds(NOW, 0),
    exp: seconds(NOW, 60),
    ...claims,
  })
    .setProtectedHeader(header)
    .sign(key);
}

const unsecured = (header: object, claims: object, mac: (text: string) => string) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${mac(text)}`;
};

describe("A token of the hub's own key", () => {
  const verify = createTokenVerifier(hub, () => NOW);
  const ownKey = () => openSigningKey(folder).privateKey;
  const claims = {
    sub: "a",
    agency: "agency:so-gddt",
    roles: ["STEWARD"],
    iss: "lai-chau-hub",
    aud: "lai-chau-hub",
    iat: seconds(NOW, 0),
    exp: seconds(NOW, 60),
  };

  it("says who asks", async () => {
    const token = await issueToken(openSigningKey(folder), grant, () => NOW);

    expect(await verify(`Bearer ${token}`)).toEqual({
      subject: "may-tinh-1",
      agencyId: "agency:so-gddt",
      sectors: ["EDUCATION"],
      units: ["unit:12"],
      roles: ["REPORTER"],
      issuedOn: "2026-11-23",
    });
    expect(await verify(undefined)).toBeNull();
  });

  it("is signed with a key that its owner alone may read, the same after a restart", () => {
    const pem = () => openSigningKey(folder).publicKey.export({ type: "spki", format: "pem" });

    expect(pem()).toBe(pem());
    expect(statSync(join(folder, "keys/token-signing.pem")).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "keys")).mode & 0o777).toBe(0o700);
  });

  it.each([
    ["EXPIRED", { exp: seconds(NOW, -120) }],
    ["NOT_YET_VALID", { iat: seconds(NOW, 120), exp: seconds(NOW, 600) }],
    ["NOT_YET_VALID", { nbf: seconds(NOW, 120) }],
    ["WRONG_AUDIENCE", { aud: "another" }],
    ["WRONG_ISSUER", { iss: "https://elsewhere.example" }],
    ["BAD_CLAIMS", { roles: ["MINISTER"] }],
    ["BAD_CLAIMS", { agency: undefined }],
    ["BAD_CLAIMS", { exp: undefined }],
  ])("is refused as %s when it says %j", async (reason, wrong) => {
    const token = await signed(wrong, ownKey(), { alg: "EdDSA" });

    await expect(verify(`Bearer ${token}`)).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
      reason,
    });
  });

  it("may come from a clock that is half a minute off, either way", async () => {
    const late = await signed({ exp: seconds(NOW, -30) }, ownKey(), { alg: "EdDSA" });
    const early = await signed({ iat: seconds(NOW, 30) }, ownKey(), { alg: "EdDSA" });

    expect(await verify(`Bearer ${late}`)).toMatchObject({ agencyId: "agency:so-gddt" });
    expect(await verify(`Bearer ${early}`)).toMatchObject({ agencyId: "agency:so-gddt" });
  });

  it("is refused once it has expired, although it was believed before", async () => {
    let now = NOW;
    const verifyLater = createTokenVerifier(hub, () => now);
    const token = await issueToken(openSigningKey(folder), grant, () => NOW);

    await verifyLater(`Bearer ${token}`);
    now = new Date(NOW.getTime() + 3_700_000);

    await expect(verifyLater(`Bearer ${token}`)).rejects.toMatchObject({ reason: "EXPIRED" });
  });

  it("is refused without a signature, or with the public key as a shared secret", async () => {
    const none = unsecured({ alg: "none" }, claims, () => "");
    const pem = openSigningKey(folder).publicKey.export({ type: "spki", format: "pem" });
    const hmac = unsecured({ alg: "HS256" }, claims, (text) =>
      createHmac("sha256", pem).update(text).digest("base64url"),
    );

    await expect(verify(`Bearer ${none}`)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(verify(`Bearer ${hmac}`)).rejects.toMatchObject({ reason: "WRONG_ALGORITHM" });
  });

  it("is refused when another key signed it, or it was changed", async () => {
    const stranger = generateKeyPairSync("ed25519").privateKey;
    const foreign = await signed({}, stranger, { alg: "EdDSA" });
    const own = await signed({}, ownKey(), { alg: "EdDSA" });
    const [header, , signature] = own.split(".");
    const more = Buffer.from(JSON.stringify({ ...claims, roles: ["AUDITOR"] }));
    const changed = `${header}.${more.toString("base64url")}.${signature}`;

    for (const token of [foreign, changed])
      await expect(verify(`Bearer ${token}`)).rejects.toMatchObject({ reason: "BAD_SIGNATURE" });
  });

  it.each(["Basic YTpi", "Bearer", "Bearer a.b", "Bearer a.b.c", `Bearer ${"a".repeat(9000)}`])(
    "is refused as malformed: %.20s",
    async (header) => {
      await expect(verify(header)).rejects.toMatchObject({ reason: "MALFORMED" });
    },
  );
});

describe("A token of an issuer", () => {
  const known = generateKeyPairSync("ec", { namedCurve: "P-256" });
  let server: Server;
  let issuer: string;
  let asked = 0;
  beforeAll(async () => {
    const jwk = { ...(await exportJWK(known.publicKey)), kid: "k1", alg: "ES256", use: "sig" };
    server = createServer((request, response) => {
      asked += 1;
      const isKeys = request.url === "/keys";
      response.end(JSON.stringify(isKeys ? { keys: [jwk] } : { jwks_uri: `${issuer}/keys` }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const header = { alg: "ES256", kid: "k1" };

  it("is verified with the keys that the issuer publishes, fetched once", async () => {
    const verify = createTokenVerifier({ ...hub, OIDC_ISSUER: issuer }, () => NOW);
    const one = await signed({ iss: issuer }, known.privateKey, header);
    const two = await signed({ iss: issuer, sub: "b" }, known.privateKey, header);

    expect(await verify(`Bearer ${one}`)).toMatchObject({ subject: "a", roles: ["REPORTER"] });
    expect(await verify(`Bearer ${two}`)).toMatchObject({ subject: "b" });
    expect(asked).toBe(2);
  });

  it("is refused with an unknown key, and so is one of the hub's own", async () => {
    const verify = createTokenVerifier({ ...hub, OIDC_ISSUER: issuer }, () => NOW);
    const unknown = await signed({ iss: issuer }, known.privateKey, { alg: "ES256", kid: "k9" });
    const own = await issueToken(openSigningKey(folder), grant, () => NOW);

    await expect(verify(`Bearer ${unknown}`)).rejects.toMatchObject({ reason: "UNKNOWN_KEY" });
    await expect(verify(`Bearer ${own}`)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("cannot be believed while the issuer does not answer", async () => {
    const nobody = "http://127.0.0.1:1";
    const verify = createTokenVerifier({ ...hub, OIDC_ISSUER: nobody }, () => NOW);
    const token = await signed({ iss: nobody }, known.privateKey, header);

    await expect(verify(`Bearer ${token}`)).rejects.toMatchObject({ reason: "KEYS_UNAVAILABLE" });
  });
});
