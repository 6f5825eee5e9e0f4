/** As much of a browser as signing in needs: it keeps cookies for each origin, and goes where it is sent. */
export class CookieClient {
  private readonly jars = new Map<string, Map<string, string>>();

  /** One request, with the cookies of its origin; where it would be sent is for the test to say. */
  async send(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(address);
    const jar = this.jarOf(origin);
    const headers = new Headers(init.headers);
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    if (cookies !== "") headers.set("cookie", cookies);
    const response = await fetch(address, { redirect: "manual", ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";");
      const [name = "", ...value] = pair.split("=");
      const isGone = attributes.some(
        (each) =>
          /^\s*max-age=0$/iu.test(each) || /^\s*expires=Thu, 01 Jan 1970 00:00:00 GMT/iu.test(each),
      );
      if (isGone) jar.delete(name);
      else jar.set(name, value.join("="));
    }
    return response;
  }

  /** Follows redirects until an address begins so, and gives that address without asking for it. */
  async followTo(address: string, end: (address: URL) => boolean): Promise<URL> {
    let next = new URL(address);
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await this.send(next);
      const location = response.headers.get("location");
      if (location === null)
        throw new Error(`${next.href} answered ${response.status}: ${await response.text()}`);
      next = new URL(location, next);
      if (end(next)) return next;
    }
    throw new Error("too many redirects");
  }

  /** What the origin has left in this browser. */
  cookie(origin: string, name: string): string | undefined {
    return this.jarOf(origin).get(name);
  }

  /** As if it had been there before. */
  keep(origin: string, name: string, value: string): void {
    this.jarOf(origin).set(name, value);
  }

  private jarOf(origin: string): Map<string, string> {
    const known = this.jars.get(origin);
    if (known) return known;
    const jar = new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }
}
