const SOMEWHERE = "http://hub.invalid";

/** A path of the hub's own, with what stands after `?` and `#`; `/` for whatever would lead anywhere else. */
export function returnPath(wanted: string | null): string {
  // A browser reads a backslash as a slash, and two slashes as the beginning of another host.
  if (wanted === null || !/^\/(?![/\\])[^\s\\]*$/u.test(wanted)) return "/";
  if (!URL.canParse(wanted, SOMEWHERE)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, SOMEWHERE);
  const isOurs = origin === SOMEWHERE && !pathname.startsWith("//");
  return isOurs ? `${pathname}${search}${hash}` : "/";
}
