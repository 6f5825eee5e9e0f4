import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** What the gateway remembers while it answers one client request, and forgets with it. */
export interface RequestContext {
  readonly requestId: string;
  /** Told to every subgraph that is asked on the client's behalf. */
  readonly subgraphHeaders: Readonly<Record<string, string>>;
  /** What root fetches brought, in order of arrival: the tree into which the gateway merges all later answers. */
  readonly roots: object[];
  /** Subgraphs that have let a deadline pass: they are not waited for a second time. */
  readonly silent: Set<string>;
  /** Apollo Server copies this context, so what changes is kept one level below. */
  readonly progress: {
    /** Whether the HTTP request held an operation; from there on, what is wrong is told in GraphQL's own terms. */
    operationRead: boolean;
  };
}

const SANE_REQUEST_ID = /^[\w.:-]{1,128}$/u;
const PASSED_ON = ["authorization", "accept-language"] as const;

export function createRequestContext(headers: IncomingHttpHeaders): RequestContext {
  const given = headers["x-request-id"];
  const requestId = typeof given === "string" && SANE_REQUEST_ID.test(given) ? given : randomUUID();
  const subgraphHeaders: Record<string, string> = { "x-request-id": requestId };
  for (const name of PASSED_ON) {
    const value = headers[name];
    if (value !== undefined) subgraphHeaders[name] = value;
  }
  return {
    requestId,
    subgraphHeaders,
    roots: [],
    silent: new Set(),
    progress: { operationRead: false },
  };
}
