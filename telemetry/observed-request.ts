import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { context, SpanKind } from "@opentelemetry/api";
import type { Telemetry } from "./telemetry";
import { contextOf, failSpan, startSpan, traceIdOf } from "./tracing";

/** What is found out about a request while it is answered. */
interface Observed {
  operation?: string;
  outcome?: { readonly hasErrors: boolean };
}

const observed = new WeakMap<ServerResponse, Observed>();

/**
 * Answers the request, and tells of it once it is answered: one line of the log, one span. Neither holds anything of the
 * query string, the body or the headers, save the ids of request and trace. Nothing is done where neither is wanted.
 */
export function observeRequest(
  { log, tracing }: Telemetry,
  request: IncomingMessage,
  response: ServerResponse,
  answer: () => void,
): void {
  if (tracing === undefined && !log.isLevelEnabled("info")) return answer();
  const began = performance.now();
  const seen: Observed = {};
  observed.set(response, seen);
  const { method = "", headers } = request;
  const opened =
    tracing && startSpan(tracing, method, { kind: SpanKind.SERVER }, contextOf(headers));
  const within = opened?.within ?? context.active();
  response.once("close", () => {
    const { statusCode: status, writableFinished } = response;
    const route = routeOf(request, status);
    const { operation, outcome } = seen;
    const hasErrors = outcome?.hasErrors === true;
    const line = {
      requestId: response.getHeader("x-request-id") ?? requestIdOf(request),
      traceId: opened?.span.spanContext().traceId ?? traceIdOf(headers),
      method,
      route,
      operation,
      status,
      ...(hasErrors && { hasErrors }),
      ms: Math.round((performance.now() - began) * 10) / 10,
      ...(!writableFinished && { brokenOff: true }),
    };
    log[levelOf(route, status)](line, "request");
    if (opened === undefined) return;
    const { span } = opened;
    span.updateName(`${method} ${route}`);
    span.setAttributes({
      "http.request.method": method,
      "http.route": route,
      "http.response.status_code": status,
      ...(operation !== undefined && { "hub.operation": operation }),
      ...(hasErrors && { "hub.errors": true }),
    });
    if (status >= 500) failSpan(span, String(status));
    span.end();
  });
  context.with(within, answer);
}

/**
 * Notes which operation a request asks.
 * @param name where the hub knows it; else it is told by the beginning of its text's SHA-256, for clients may put anything
 *   into a name.
 */
export function noteOperation(
  response: ServerResponse,
  query: string,
  name: string | undefined,
  outcome: { readonly hasErrors: boolean },
): void {
  const seen = observed.get(response);
  if (seen === undefined) return;
  seen.operation = name ?? operationHash(query);
  seen.outcome = outcome;
}

const HASHES = 2000;
const hashes = new Map<string, string>();

/** By which the log tells an operation that the hub does not know. */
export function operationHash(query: string): string {
  let hash = hashes.get(query);
  if (hash === undefined) {
    hash = createHash("sha256").update(query).digest("hex").slice(0, 12);
    if (hashes.size >= HASHES) hashes.clear();
    hashes.set(query, hash);
  }
  return hash;
}

function requestIdOf({ headers }: IncomingMessage): string | undefined {
  const id = headers["x-request-id"];
  return typeof id === "string" && /^[\w.:-]{1,128}$/u.test(id) ? id : undefined;
}

/** The first step of the path; the rest, and what leads nowhere, was written by whoever asks. */
const routeOf = ({ url = "/" }: IncomingMessage, status: number): string =>
  status === 404 ? "none" : (/^\/[\w.-]{0,40}/u.exec(url)?.[0] ?? "none");

/** What is asked day and night is of no interest while it is answered: whether the hub lives, and what is new. */
const QUIET: ReadonlySet<string> = new Set(["/health", "/data-versions", "/published-changes"]);

function levelOf(route: string, status: number): "error" | "info" | "debug" {
  if (status >= 500) return "error";
  return QUIET.has(route) ? "debug" : "info";
}
