import type { IncomingHttpHeaders } from "node:http";
import {
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanOptions,
  type Tracer,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

/** The spans of one part of the hub: the gateway, or a subgraph, even where they share a process. */
export interface Tracing {
  tracer: Tracer;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/**
 * Opens the tracing of a part; undefined where spans are sent nowhere, and then nothing is registered: no asynchronous
 * storage, no work for a request.
 * @param url of the OTLP/HTTP receiver of traces.
 */
export function openTracing(part: string, url: string | undefined): Tracing | undefined {
  if (url === undefined) return undefined;
  const own = resourceFromAttributes({ "service.name": `hub-${part}`, "service.namespace": "hub" });
  const provider = new NodeTracerProvider({
    resource: own.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  // The first part of a process gives its spans a context; of the others only their own tracer is used.
  provider.register();
  return { tracer: provider.getTracer("hub"), stop: () => provider.shutdown() };
}

const TRACING = createContextKey("the part of the hub that is at work");

/** The tracing of the part that is at work here; undefined where nothing is traced. */
export const activeTracing = (): Tracing | undefined =>
  context.active().getValue(TRACING) as Tracing | undefined;

/** The context that a request comes from, by its W3C `traceparent`. */
export const contextOf = ({ traceparent, tracestate }: IncomingHttpHeaders): Context =>
  propagation.extract(ROOT_CONTEXT, { traceparent, tracestate });

/**
 * What tells another process of the trace, as W3C's headers: the span that is active here, or, where nothing is traced, what a
 * request came with, so that a trace which leads through the hub is not broken off.
 */
export function traceHeaders(came: IncomingHttpHeaders = {}): Record<string, string> {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  // Whatever else a client said of itself goes no further.
  const { traceparent, tracestate } = carrier.traceparent === undefined ? sane(came) : carrier;
  return { ...(traceparent && { traceparent }), ...(tracestate && { tracestate }) };
}

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/u;
const TRACESTATE = /^[\x20-\x7e]{1,512}$/u;

function sane({ traceparent, tracestate }: IncomingHttpHeaders) {
  if (typeof traceparent !== "string" || !TRACEPARENT.test(traceparent)) return {};
  const isSane = typeof tracestate === "string" && TRACESTATE.test(tracestate);
  return { traceparent, tracestate: isSane ? tracestate : undefined };
}

/** By which log lines and spans of one request are found, here and elsewhere; undefined: the request belongs to no trace. */
export const traceIdOf = ({ traceparent }: IncomingHttpHeaders): string | undefined =>
  trace.getActiveSpan()?.spanContext().traceId ??
  (typeof traceparent === "string" ? TRACEPARENT.exec(traceparent)?.[1] : undefined);

/** A span that its caller ends, and the context of what it spans. */
export function startSpan(
  tracing: Tracing,
  name: string,
  options: SpanOptions,
  parent: Context = context.active(),
): { span: Span; within: Context } {
  const span = tracing.tracer.startSpan(name, options, parent);
  return { span, within: trace.setSpan(parent, span).setValue(TRACING, tracing) };
}

/** Does the work within a span, or without one where nothing is traced. */
export async function inSpan<Result>(
  tracing: Tracing | undefined,
  name: string,
  options: SpanOptions,
  work: (span?: Span) => Promise<Result>,
  parent?: Context,
): Promise<Result> {
  if (tracing === undefined) return work();
  const { span, within } = startSpan(tracing, name, options, parent);
  try {
    return await context.with(within, work, undefined, span);
  } catch (error) {
    failSpan(span, errorType(error));
    throw error;
  } finally {
    span.end();
  }
}

/** The same for work that is done at once, in the part that is at work. */
export function inSpanNow<Result>(name: string, work: () => Result): Result {
  const tracing = activeTracing();
  if (tracing === undefined) return work();
  const { span, within } = startSpan(tracing, name, {});
  try {
    return context.with(within, work);
  } catch (error) {
    failSpan(span, errorType(error));
    throw error;
  } finally {
    span.end();
  }
}

/** Marks the span as failed. Only the kind of the error is told: messages quote values. */
export function failSpan(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute("error.type", type);
}

function errorType(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: string | number; name?: string };
  return String(code ?? name ?? typeof error);
}
