import { hkdfSync } from "node:crypto";
import { EncryptJWT, jwtDecrypt } from "jose";

/** Hides what leaves the gateway for a while and has to come back unchanged: in a cookie, in Redis. */
export interface Seal {
  close(purpose: string, content: Record<string, unknown>, seconds: number): Promise<string>;
  /** Undefined for what was not sealed here, for another purpose, or too long ago. */
  open(purpose: string, sealed: string): Promise<Record<string, unknown> | undefined>;
}

/** @param secret the gateway's, which gateways that stand side by side share. Opened when it is first needed. */
export function createSeal(secret: () => Buffer, clock: () => Date = () => new Date()): Seal {
  let made: Uint8Array | undefined;
  const key = () =>
    (made ??= new Uint8Array(hkdfSync("sha256", secret(), "", "hub-gateway-session", 32)));
  return {
    close: (purpose, content, seconds) => {
      const now = Math.floor(clock().getTime() / 1000);
      return new EncryptJWT({ content })
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setAudience(purpose)
        .setExpirationTime(now + seconds)
        .encrypt(key());
    },
    open: async (purpose, sealed) => {
      try {
        const { payload } = await jwtDecrypt(sealed, key(), {
          audience: purpose,
          currentDate: clock(),
          requiredClaims: ["exp"],
          keyManagementAlgorithms: ["dir"],
          contentEncryptionAlgorithms: ["A256GCM"],
        });
        return payload.content as Record<string, unknown>;
      } catch {
        return undefined;
      }
    },
  };
}
