import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { openKeyFile } from "./key-file";

/** The hub's own key pair (Ed25519), for tokens while no issuer is set. */
export interface SigningKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** Made on first use under `<data directory>/keys`. */
export function openSigningKey(dataDirectory: string): SigningKey {
  const pem = openKeyFile(dataDirectory, "token-signing.pem", () =>
    generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  );
  const privateKey = createPrivateKey(pem);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
