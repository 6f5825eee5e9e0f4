import type { IncomingMessage, ServerResponse } from "node:http";
import helmet from "helmet";

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Tells browsers that what is answered is data: nothing to run, to frame, or to load into somebody else's page. */
const HEADERS = headersOf(
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { "default-src": ["'none'"], "frame-ancestors": ["'none'"] },
    },
    // Whoever has a domain of ours below this one may not speak TLS yet.
    strictTransportSecurity: { maxAge: 365 * 24 * 3600, includeSubDomains: false },
    xFrameOptions: { action: "deny" },
    // What these four ask for, browsers of today do by themselves or know nothing of.
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  }),
);

/** For every answer, before anything else is set; a page then says more in `pagePolicy`. */
export function setSecurityHeaders(response: ServerResponse): void {
  // One by one: given to `writeHead` together they would cost more than twice as much.
  for (const [name, value] of HEADERS) response.setHeader(name, value);
}

/** The headers by which a page of ours may load what it names, and nothing else. */
export const pagePolicy = (
  directives: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    headersOf(
      helmet.contentSecurityPolicy({
        useDefaults: false,
        directives: {
          "default-src": ["'none'"],
          "base-uri": ["'none'"],
          "form-action": ["'none'"],
          "frame-ancestors": ["'none'"],
          ...directives,
        },
      }),
    ),
  );

/** What the middleware would set, which is the same each time. */
function headersOf(middleware: Middleware): [name: string, value: string][] {
  const headers: [string, string][] = [];
  const response = {
    setHeader: (name: string, value: string) => headers.push([name.toLowerCase(), value]),
    removeHeader: () => undefined,
  } as unknown as ServerResponse;
  middleware({} as IncomingMessage, response, () => undefined);
  return headers;
}
