import type { IncomingMessage } from "node:http";

/**
 * Whether a page of the hub itself asks, so that its cookie may count. What changes something must show that it does; what
 * only reads must not show that it does not, for browsers say nothing of their own origin when they follow a link.
 */
export function isSameOrigin(
  { headers, method }: Pick<IncomingMessage, "headers" | "method">,
  publicUrl: string | undefined,
): boolean {
  const isRead = method === "GET" || method === "HEAD";
  const site = headers["sec-fetch-site"];
  // Browsers say it over https and to this machine alone; an isolated network may have neither.
  if (site !== undefined) return site === "same-origin" || (isRead && site === "none");
  const { origin, referer, host } = headers;
  const from = origin ?? (isRead ? referer : undefined);
  if (from === undefined) return isRead;
  if (!URL.canParse(from)) return false;
  const asking = new URL(from);
  return asking.host === host || asking.origin === publicUrl;
}
