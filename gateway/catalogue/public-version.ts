import { createHmac, hkdfSync } from "node:crypto";
import { isProtected } from "../owner-of-data";

/** What is known of one subgraph's data. */
export interface VersionParts {
  /** As `versionText` writes it; undefined: an owner's is not known. */
  text: string | undefined;
  /** When it last changed for everybody; null: never through a ledger, undefined: not known. */
  publishedAt: string | null | undefined;
}

/**
 * Versions of datasets, as everybody may read them. Under a key, for an owner's versions can be few enough to be tried one
 * after the other until the digest fits.
 */
export class PublicVersions {
  private key: Buffer | undefined;

  /** @param openSecret the gateways' own, shared by all of them, so that all tell the same versions. */
  constructor(private readonly openSecret: () => Buffer) {}

  /**
   * Another after every write of an owner who is not protected, and after every publication of any. Undefined where an owner
   * does not say.
   */
  of(subgraphs: readonly VersionParts[]): string | undefined {
    if (subgraphs.length === 0) return undefined;
    if (subgraphs.some(({ text }) => text === undefined)) return undefined;
    const told = subgraphs.map(({ text, publishedAt }) => [unprotected(text!), publishedAt ?? ""]);
    return createHmac("sha256", this.theKey)
      .update(JSON.stringify(told))
      .digest("hex")
      .slice(0, 16);
  }

  private get theKey(): Buffer {
    // No subgraph's key is drawn under such a name, whatever it is called.
    this.key ??= Buffer.from(
      hkdfSync("sha256", this.openSecret(), "", "hub-gateway-catalogue", 32),
    );
    return this.key;
  }
}

/** Without what moves with drafts of which nobody is to know. */
const unprotected = (text: string): string[] =>
  text.split(",").filter((each) => !isProtected(each.split("=", 1)[0]!));
