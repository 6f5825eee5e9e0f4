import type { IncomingHttpHeaders } from "node:http";

/** What the browser keeps for us, where no script can read it. */
export interface CookieJar {
  /** Undefined where the browser sent none of the name. */
  read(headers: IncomingHttpHeaders, name: CookieName): string | undefined;
  /** The value of a `Set-Cookie` header. */
  write(name: CookieName, value: string, seconds: number): string;
  /** The value of a `Set-Cookie` header that takes the cookie away. */
  clear(name: CookieName): string;
}

/**
 * Strict: other sites cannot make the browser send the session along. The login cookie has to come back with a redirect from
 * the issuer, which is another site.
 */
const SAME_SITE = { "hub-session": "Strict", "hub-login": "Lax" } as const;
export type CookieName = keyof typeof SAME_SITE;

/** @param isSecure whether browsers reach the hub by https; then no other host, and no plain http, can set or see a cookie. */
export function createCookieJar(isSecure: boolean): CookieJar {
  const fullName = (name: CookieName) => (isSecure ? `__Host-${name}` : name);
  const write = (name: CookieName, value: string, seconds: number) =>
    [
      `${fullName(name)}=${value}`,
      "Path=/",
      `Max-Age=${seconds}`,
      "HttpOnly",
      `SameSite=${SAME_SITE[name]}`,
      ...(isSecure ? ["Secure"] : []),
    ].join("; ");
  return {
    read: ({ cookie }, name) => {
      if (cookie === undefined) return undefined;
      const begin = `${fullName(name)}=`;
      const pairs = cookie.split(";").map((pair) => pair.trim());
      return pairs.find((pair) => pair.startsWith(begin))?.slice(begin.length);
    },
    write,
    clear: (name) => write(name, "", 0),
  };
}
