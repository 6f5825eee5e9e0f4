import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Positions } from "../subgraph/subgraph";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Writes positions so that only the hub's gateways can read them: how many entries a ledger has tells how much is written,
 * which of protected data is nobody's to know.
 */
export class Cursors {
  private key: Buffer | undefined;

  /** @param openSecret the gateways' own, shared by all of them. */
  constructor(private readonly openSecret: () => Buffer) {}

  write(positions: Positions): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.theKey, iv);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(positions)), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
  }

  /** Undefined when it is none of the hub's. */
  read(cursor: string): Positions | undefined {
    const bytes = Buffer.from(cursor, "base64url");
    const [iv, rest] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES)];
    try {
      const decipher = createDecipheriv(ALGORITHM, this.theKey, iv);
      decipher.setAuthTag(rest.subarray(0, TAG_BYTES));
      const opened = Buffer.concat([decipher.update(rest.subarray(TAG_BYTES)), decipher.final()]);
      return JSON.parse(opened.toString("utf8")) as Positions;
    } catch {
      return undefined;
    }
  }

  private get theKey(): Buffer {
    this.key ??= Buffer.from(hkdfSync("sha256", this.openSecret(), "", "hub-gateway/cursor", 32));
    return this.key;
  }
}
