import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  createSignatureCheck,
  gatewayKeyFor,
  openGatewaySecret,
  signRequest,
} from "../../access/gateway-signature";
import { viewer } from "../testkit/viewers";

const secret = Buffer.alloc(32, 7);
const key = gatewayKeyFor(secret, "libraries");
const now = new Date("2026-11-23T03:00:00Z");
const body = '{"query":"{ libraries { totalCount } }"}';
const signed = () => signRequest(key, { subgraph: "libraries", body, viewer: viewer(), now });

describe("A request that the gateway signed", () => {
  it("says on whose behalf it comes, once", () => {
    const check = createSignatureCheck(key, "libraries", () => now);
    const headers = signed();

    expect(check(headers, Buffer.from(body))).toEqual(viewer());
    expect(() => check(headers, body)).toThrow(
      expect.objectContaining({ reason: "SIGNATURE_REPLAYED" }),
    );
  });

  it("is not believed too late or too early", () => {
    for (const offset of [31_000, -31_000]) {
      const check = createSignatureCheck(key, "libraries", () => new Date(+now + offset));
      expect(() => check(signed(), body)).toThrow(
        expect.objectContaining({ reason: "SIGNATURE_EXPIRED" }),
      );
    }
  });

  it("is not replayed when the time of its nonce has nearly passed", () => {
    let clock = now;
    const check = createSignatureCheck(key, "libraries", () => clock);
    const headers = signed();
    check(headers, body);

    clock = new Date(+now + 29_000);

    expect(() => check(headers, body)).toThrow(
      expect.objectContaining({ reason: "SIGNATURE_REPLAYED" }),
    );
  });

  it.each([
    ["another body", signed, `${body} `],
    ["another viewer", () => ({ ...signed(), "hub-viewer": "e30" }), body],
    ["no signature at all", () => ({ "hub-viewer": signed()["hub-viewer"] }), body],
    ["a signature alone", () => ({ "hub-signature": signed()["hub-signature"] }), body],
    [
      "the key of another subgraph",
      () =>
        signRequest(gatewayKeyFor(secret, "museums"), {
          subgraph: "libraries",
          body,
          viewer: viewer(),
          now,
        }),
      body,
    ],
    [
      "a request meant for another subgraph",
      () => signRequest(key, { subgraph: "museums", body, viewer: viewer(), now }),
      body,
    ],
  ])("is not believed with %s", (_what, headers, sent) => {
    const check = createSignatureCheck(key, "libraries", () => now);

    expect(() => check(headers(), sent)).toThrow(
      expect.objectContaining({ code: "UNAUTHENTICATED", reason: "BAD_SIGNATURE" }),
    );
  });

  it("is not believed when something else is to be done with its file", () => {
    const file = { subgraph: "libraries", body, viewer: viewer(), now };
    const headers = signRequest(key, { ...file, query: "sector=CULTURE&dryRun=1" });
    const check = createSignatureCheck(key, "libraries", () => now);

    for (const query of ["sector=CULTURE&submit=1", "sector=CULTURE", ""]) {
      expect(() => check(headers, body, query)).toThrow(
        expect.objectContaining({ reason: "BAD_SIGNATURE" }),
      );
    }
    expect(check(headers, body, "sector=CULTURE&dryRun=1")).toEqual(viewer());
  });

  it("is no matter when there is none: the request's own token counts then", () => {
    expect(createSignatureCheck(key, "libraries", () => now)({}, body)).toBe("UNSIGNED");
  });
});

describe("The gateway's secret", () => {
  it("is one, whichever of several processes makes it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hub-secret-"));
    const script = join(folder, "open.cjs");
    const source = resolve(__dirname, "../../access/gateway-signature.ts");
    writeFileSync(
      script,
      `require(${JSON.stringify(require.resolve("tsx/cjs"))});
       const { openGatewaySecret } = require(${JSON.stringify(source)});
       process.send(openGatewaySecret(${JSON.stringify(folder)}).toString("base64url"));
       process.disconnect();`,
    );
    const open = () =>
      new Promise((told, failed) => fork(script).once("message", told).once("error", failed));

    const secrets = await Promise.all([open(), open(), open()]);

    const kept = readFileSync(join(folder, "keys/gateway.secret"), "utf8");
    expect(secrets).toEqual([kept, kept, kept]);
    rmSync(folder, { recursive: true });
  }, 30_000);

  it("is long enough, or refused", () => {
    expect(() => openGatewaySecret("/nowhere", "kurz")).toThrow("GATEWAY_SECRET");
  });
});
