import { z } from "zod";

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const WANTS_URL = "cần http://… hoặc https://… / must be an http:// or https:// address";

/**
 * What every process reads of how much it tells, and to whom. The names of OpenTelemetry are its own; those that are not
 * here (`OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_RESOURCE_ATTRIBUTES` …) its packages read themselves.
 */
export const telemetrySettings = {
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `cần một trong / must be one of: ${LOG_LEVELS.join(", ")}`)
    .default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/u, error: WANTS_URL }).optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url({ protocol: /^https?$/u, error: WANTS_URL }).optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
};

export type TelemetrySettings = z.infer<z.ZodObject<typeof telemetrySettings>>;

/** Where spans are sent; undefined where nobody wants any. */
export function tracesUrl({
  OTEL_EXPORTER_OTLP_ENDPOINT: base,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces,
  OTEL_SDK_DISABLED,
}: Omit<TelemetrySettings, "LOG_LEVEL">): string | undefined {
  if (OTEL_SDK_DISABLED?.toLowerCase() === "true") return undefined;
  return traces ?? (base && `${base.replace(/\/$/u, "")}/v1/traces`);
}
