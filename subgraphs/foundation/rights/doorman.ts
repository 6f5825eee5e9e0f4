import type { IncomingHttpHeaders } from "node:http";
import { createTokenVerifier, type TokenSettings } from "../../../access/access-token";
import {
  createSignatureCheck,
  gatewayKeyFor,
  openGatewaySecret,
  type SignatureCheck,
} from "../../../access/gateway-signature";
import { readLanguage, type Caller } from "./caller";

/** Learns who asks; `query` is what stands behind the `?` of the address. @throws AccessRefused when the request claims to be from somebody and cannot be believed. */
export type Doorman = (
  headers: IncomingHttpHeaders,
  body: Buffer,
  query: string,
) => Promise<Caller>;

/**
 * The door of one subgraph: it believes the gateway's signature, and otherwise nothing but the request's own token.
 * @param gatewayKey base64url; left out, the key is derived from the secret under the data directory.
 */
export function createDoorman(
  subgraph: string,
  settings: TokenSettings,
  gatewayKey: string | undefined,
): Doorman {
  const verify = createTokenVerifier(settings);
  let check: SignatureCheck | undefined;
  const isSigned = (headers: IncomingHttpHeaders) =>
    headers["hub-viewer"] !== undefined || headers["hub-signature"] !== undefined;
  return async (headers, body, query) => {
    const language = readLanguage(headers["accept-language"]);
    if (!isSigned(headers)) return { viewer: await verify(headers.authorization), language };
    check ??= createSignatureCheck(
      gatewayKey === undefined
        ? gatewayKeyFor(openGatewaySecret(settings.DATA_DIRECTORY), subgraph)
        : Buffer.from(gatewayKey, "base64url"),
      subgraph,
    );
    const viewer = check(headers, body, query);
    return { viewer: viewer === "UNSIGNED" ? null : viewer, language };
  };
}
