import { join, resolve } from "node:path";
import { z } from "zod";

// Apollo's gateway reports to its maker unless told not to before it is made, so this file is imported ahead of it.
process.env.APOLLO_TELEMETRY_DISABLED = "1";

const ROOT = resolve(__dirname, "..");

export interface GatewaySettings {
  /** 0 lets the system choose a free port. */
  port: number;
  host: string;
  supergraphPath: string;
  /** Where a subgraph is found, by its name in the supergraph; one not named here is found where the supergraph says. */
  subgraphUrls: Readonly<Record<string, string>>;
  subgraphDeadlineMs: number;
  logLevel: string;
}

/** Settings are wrong: every wrong one is named, with what is accepted, before anything starts. */
export class SettingsError extends Error {}

const integer = (preset: number, least: number, most: number) => {
  const accepted = `cần số nguyên từ ${least} đến ${most} / must be an integer from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/u, accepted)
    .transform(Number)
    .refine((value) => value >= least && value <= most, accepted)
    .default(preset);
};

const url = z
  .url({
    protocol: /^https?$/u,
    error: "cần http://… hoặc https://… / must be an http:// or https:// address",
  })
  .optional();

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const shape = z.object({
  PORT: integer(4000, 0, 65_535),
  // Nothing is reachable from other machines until somebody asks for it; a container sets 0.0.0.0.
  HOST: z.string().default("127.0.0.1"),
  LIBRARIES_PORT: integer(4001, 0, 65_535),
  MUSEUMS_PORT: integer(4002, 0, 65_535),
  CULTURAL_CENTRES_PORT: integer(4003, 0, 65_535),
  AGENCY_TASKS_PORT: integer(4004, 0, 65_535),
  LIBRARIES_URL: url,
  MUSEUMS_URL: url,
  CULTURAL_CENTRES_URL: url,
  AGENCY_TASKS_URL: url,
  SUPERGRAPH_PATH: z.string().default(join("schema", "supergraph.graphql")),
  SUBGRAPH_DEADLINE_MS: integer(2000, 1, 600_000),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `cần một trong / must be one of: ${LOG_LEVELS.join(", ")}`)
    .default("info"),
});

const localUrl = (port: number) => `http://127.0.0.1:${port}/graphql`;

/**
 * Reads the gateway's settings; an empty one counts as unset, since compose files and shells pass empty variables on.
 * Paths are counted from the project's root, wherever the process was started.
 * @throws SettingsError that names every wrong setting.
 */
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env): GatewaySettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const read = shape.safeParse(given);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
    throw new SettingsError(`Thiết lập sai / Wrong settings:\n${[...new Set(wrong)].join("\n")}`);
  }
  const values = read.data;
  return {
    port: values.PORT,
    host: values.HOST,
    supergraphPath: resolve(ROOT, values.SUPERGRAPH_PATH),
    subgraphUrls: {
      libraries: values.LIBRARIES_URL ?? localUrl(values.LIBRARIES_PORT),
      museums: values.MUSEUMS_URL ?? localUrl(values.MUSEUMS_PORT),
      "cultural-centres": values.CULTURAL_CENTRES_URL ?? localUrl(values.CULTURAL_CENTRES_PORT),
      "agency-tasks": values.AGENCY_TASKS_URL ?? localUrl(values.AGENCY_TASKS_PORT),
    },
    subgraphDeadlineMs: values.SUBGRAPH_DEADLINE_MS,
    logLevel: values.LOG_LEVEL,
  };
}
