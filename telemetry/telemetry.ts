import type { Logger } from "pino";
import { createLog } from "./log";
import { tracesUrl, type TelemetrySettings } from "./settings";
import { openTracing, type Tracing } from "./tracing";

/** What a part of the hub tells of itself. */
export interface Telemetry {
  log: Logger;
  /** Undefined where nothing is traced. */
  tracing: Tracing | undefined;
}

/** Opens the log and the tracing of one part. */
export function openTelemetry(part: string, settings: TelemetrySettings): Telemetry {
  return {
    log: createLog(part, settings.LOG_LEVEL),
    tracing: openTracing(part, tracesUrl(settings)),
  };
}
