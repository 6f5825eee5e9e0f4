import type { IncomingMessage } from "node:http";
import type { Logger } from "pino";
import type { TokenVerifier } from "../../access/access-token";
import { createCookieJar, type CookieJar } from "./cookies";
import { Issuer } from "./issuer";
import { RedisSessionStore } from "./redis-session-store";
import { isSameOrigin } from "./same-origin";
import { createSeal, type Seal } from "./seal";
import { MemorySessionStore } from "./session-store";
import type { SessionSettings } from "./session-settings";
import { Sessions, type SignedIn } from "./sessions";

/** By which browsers come in. */
export interface SessionDoor {
  sessions: Sessions;
  cookies: CookieJar;
  seal: Seal;
  publicUrl: string | undefined;
  /** Undefined where tokens are pasted. */
  issuer: Issuer | undefined;
  /** Whose tokens are believed; null: the hub's own. */
  issuerName: string | null;
  /**
   * Who has signed in with the browser that asks; null for nobody, and for requests that a page of somebody else may have
   * made. @throws AccessRefused when the session has ended, or cannot be known.
   */
  signedIn(request: IncomingMessage): Promise<SignedIn | null>;
}

export function openSessionDoor({
  settings,
  publicUrl,
  verify,
  issuer: issuerName,
  audience,
  redisUrl,
  secret,
  log,
}: {
  settings: SessionSettings;
  /** Where browsers find the hub, such as `https://…`, without a path. Undefined: wherever they ask. */
  publicUrl: string | undefined;
  verify: TokenVerifier;
  issuer: string | undefined;
  audience: string;
  redisUrl: string | undefined;
  secret: () => Buffer;
  log: Logger;
}): SessionDoor {
  const { clientId, clientSecret, scope } = settings;
  const cookies = createCookieJar(publicUrl?.startsWith("https:") ?? false);
  const seal = createSeal(secret);
  const isClient = issuerName !== undefined && clientId !== undefined && publicUrl !== undefined;
  const issuer = isClient
    ? new Issuer({ issuer: issuerName, clientId, clientSecret, scope, audience, publicUrl })
    : undefined;
  const store =
    redisUrl === undefined ? new MemorySessionStore() : new RedisSessionStore(redisUrl, seal, log);
  const sessions = new Sessions(store, verify, issuer);
  return {
    sessions,
    cookies,
    seal,
    publicUrl,
    issuer,
    issuerName: issuerName ?? null,
    signedIn: async (request) => {
      const name = cookies.read(request.headers, "hub-session");
      if (name === undefined || !isSameOrigin(request, publicUrl)) return null;
      return sessions.find(name);
    },
  };
}
