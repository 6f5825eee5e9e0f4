import type { IncomingMessage, ServerResponse } from "node:http";
import { AccessRefused } from "../access/access-refused";
import type { TokenVerifier } from "../access/access-token";
import type { Viewer } from "../access/viewer";
import { send } from "./http/http-answer";
import type { SessionDoor } from "./session/session-door";

export interface CallerParts {
  verify: TokenVerifier;
  door: SessionDoor;
}

/**
 * Who asks, by the request's token or else by the browser's session; null without either. Undefined once a refusal has been
 * sent: whoever says who he is and cannot be believed is asked to sign in anew, and no subgraph hears of it.
 */
export async function readViewer(
  parts: CallerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Viewer | null | undefined> {
  const { authorization, cookie } = request.headers;
  if (authorization === undefined && cookie === undefined) return null;
  try {
    return await whoAsks(parts, request);
  } catch (error) {
    if (!(error instanceof AccessRefused)) throw error;
    // Else the browser would go on naming it, and be refused what anybody may read.
    if (error.reason === "SESSION_ENDED")
      response.setHeader("set-cookie", parts.door.cookies.clear("hub-session"));
    refuseCaller(error, request, response);
    return undefined;
  }
}

/** @throws AccessRefused when the token or the session is not believed, or no longer. */
export async function whoAsks(
  { verify, door }: CallerParts,
  request: IncomingMessage,
): Promise<Viewer | null> {
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined) return verify(authorization);
  return cookie === undefined ? null : ((await door.signedIn(request))?.viewer ?? null);
}

/** Says why whoever asks is not believed. */
export function refuseCaller(
  error: AccessRefused,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const accepts = request.headers.accept ?? "";
  const type = accepts.includes("application/graphql-response+json")
    ? "application/graphql-response+json"
    : "application/json";
  const body = `${JSON.stringify({ errors: [error.toJSON()] })}\n`;
  send(response, 401, `${type}; charset=utf-8`, body, {
    "cache-control": "no-store",
    "www-authenticate": 'Bearer error="invalid_token"',
  });
}
