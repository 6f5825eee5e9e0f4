import type { IncomingMessage } from "node:http";

/** As a host may be written in an address; whatever else a client sends as one is not repeated to anybody. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/iu;

/**
 * The hub's address in what it tells others of itself, without a slash at its end: the one that is set, else the one by
 * which it was found.
 */
export function publicAddress(publicUrl: string | undefined, request: IncomingMessage): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/u, "");
  const { host = "" } = request.headers;
  return `http://${HOST.test(host) ? host : "127.0.0.1"}`;
}
