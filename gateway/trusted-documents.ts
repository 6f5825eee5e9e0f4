import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Operations that are known before anybody asks them; a client may name one by the SHA-256 of its text, in hexadecimal. */
export class TrustedDocuments {
  private readonly byHash: ReadonlyMap<string, string>;
  private readonly names: ReadonlyMap<string, string>;

  constructor(readonly texts: readonly string[]) {
    this.byHash = new Map(texts.map((text) => [sha256(text), text]));
    const nameIn = (text: string) => /\b(?:query|mutation)\s+(\w+)/u.exec(text)?.[1];
    this.names = new Map(texts.map((text) => [text, nameIn(text) ?? sha256(text).slice(0, 12)]));
  }

  withHash(hash: string): string | undefined {
    return this.byHash.get(hash.toLowerCase());
  }

  has(text: string): boolean {
    return this.names.has(text);
  }

  /** Of the operation; undefined for a text that is not trusted. */
  nameOf(text: string): string | undefined {
    return this.names.get(text);
  }
}

/** Every `.graphql` file of the folder, one operation each. @throws when the folder cannot be read. */
export function readTrustedDocuments(folder: string): TrustedDocuments {
  const files = readdirSync(folder).filter((name) => name.endsWith(".graphql"));
  return new TrustedDocuments(files.sort().map((name) => readFileSync(join(folder, name), "utf8")));
}
