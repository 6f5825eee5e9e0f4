import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { traceHeaders, traceIdOf } from "../telemetry/tracing";
import type { Viewer } from "../access/viewer";
import { clientName } from "./field-usage";

/** What the gateway remembers while it answers one client request, and forgets with it. */
export interface RequestContext {
  readonly requestId: string;
  /** Under which the use of fields is counted. */
  readonly client: string;
  /** Undefined: the request belongs to no trace. */
  readonly traceId: string | undefined;
  /** On whose behalf subgraphs are asked. */
  readonly caller: SubgraphCaller;
  /** What root fetches brought, in order of arrival: the tree into which the gateway merges all later answers. */
  readonly roots: object[];
  /** Subgraphs that have let a deadline pass: they are not waited for a second time. */
  readonly silent: Set<string>;
  /** Apollo Server copies this context, so what changes is kept one level below. */
  readonly progress: {
    /** Whether the HTTP request held an operation; from there on, what is wrong is told in GraphQL's own terms. */
    operationRead: boolean;
    /** Whether the answer tells errors. */
    hasErrors: boolean;
    /** The client has gone without its answer. */
    hasClientLeft: boolean;
    /** Somebody else waits for the same answer. */
    isShared: boolean;
  };
}

/** Nobody waits for the answer any more: what of a query has not been asked yet need not be. */
export const isAbandoned = ({ progress }: Pick<RequestContext, "progress">): boolean =>
  progress.hasClientLeft && !progress.isShared;

/** What a subgraph is told of whoever asks. */
export interface SubgraphCaller {
  readonly headers: Readonly<Record<string, string>>;
  /** Null: nobody in particular; the request is then sent unsigned, and gives no rights. */
  readonly viewer: Viewer | null;
}

const SANE_REQUEST_ID = /^[\w.:-]{1,128}$/u;
/** A subgraph may refuse a request whose headers are too long, and then all its fields would be lost. */
const SANE_LANGUAGES = /^[\w*,;=.\- ]{1,200}$/u;

export function createRequestContext(
  headers: IncomingHttpHeaders,
  viewer: Viewer | null = null,
): RequestContext {
  const given = headers["x-request-id"];
  const requestId = typeof given === "string" && SANE_REQUEST_ID.test(given) ? given : randomUUID();
  const told: Record<string, string> = { "x-request-id": requestId };
  const languages = headers["accept-language"];
  if (languages !== undefined && SANE_LANGUAGES.test(languages))
    told["accept-language"] = languages;
  const traceId = traceIdOf(headers);
  if (traceId !== undefined) Object.assign(told, traceHeaders(headers));
  return {
    requestId,
    client: clientName(headers, viewer),
    traceId,
    caller: { headers: told, viewer },
    roots: [],
    silent: new Set(),
    progress: { operationRead: false, hasErrors: false, hasClientLeft: false, isShared: false },
  };
}
