import { join, resolve } from "node:path";
import { z } from "zod";
import { accessSettings, type TokenSettings } from "../access/access-token";
import { telemetrySettings, tracesUrl } from "../telemetry/settings";
import type { AdmissionSettings } from "./limits/admission";
import type { LiveSettings } from "./live/live-endpoint";
import type { LimitSettings } from "./limits/operation-limits";
import { refuseHalfClient, sessionShape, type SessionSettings } from "./session/session-settings";

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
  /** Who carries out query plans: the hub's executor, or Apollo's. */
  executor: (typeof EXECUTORS)[number];
  /** A folder of operations that are known in advance: planned before they are asked, answered from memory where that is right. */
  operationsPath: string;
  /** What may be asked without a token: anything, or the operations of that folder. */
  anonymousOperations: (typeof ANONYMOUS_OPERATIONS)[number];
  /** How many megabytes of answers are kept; 0: none. */
  answerCacheMb: number;
  /** How many megabytes of subgraphs' last answers are kept, to stand for them while they are silent; 0: none. */
  lastAnswersMb: number;
  /** Where answers are kept for several gateways together; unset: in this process. */
  redisUrl?: string | undefined;
  /** What an operation may come to that is not known in advance. */
  limits: LimitSettings;
  /** How many requests are let in. */
  admission: AdmissionSettings;
  /** How long a client may take to send its request whole, and then to take its answer. */
  clientDeadlineMs: number;
  /** How many may be told of changes at one time. */
  live: LiveSettings;
  /** Whether clients may ask about the schema. */
  introspection: boolean;
  /** Pages of these origins may ask from a browser; none: only the hub's own. */
  corsOrigins: readonly string[];
  /** The address by which clients find the gateway; unset: as each request says. */
  publicUrl?: string | undefined;
  /** The address of the licence under which the data may be used; unset: their owners have not said. */
  dataLicence?: string | undefined;
  /** The mail address for questions about the data; unset: none is told. */
  dataContact?: string | undefined;
  /** Where Prometheus finds `/metrics`, on the same host; unset: nothing is counted. */
  metricsPort?: number | undefined;
  /** A GeoJSON file of the units' outlines, for the pages' map; unset: they draw a scheme. */
  mapPath?: string | undefined;
  logLevel: string;
  /** Where spans are sent by OTLP over HTTP; unset: nothing is traced. */
  tracesUrl?: string | undefined;
  /** Whose tokens are believed, and where the hub's own keys lie. */
  access: TokenSettings;
  /** How people sign in by a browser. */
  session: SessionSettings;
  /** With which requests to subgraphs are signed, as base64url; unset, it is made under the data directory. */
  gatewaySecret?: string | undefined;
}

/** Settings are wrong: every wrong one is named, with what is accepted, before anything starts. */
export class SettingsError extends Error {}

const numberFrom = (least: number, most: number) => {
  const accepted = `cần số nguyên từ ${least} đến ${most} / must be an integer from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/u, accepted)
    .transform(Number)
    .refine((value) => value >= least && value <= most, accepted);
};

const integer = (preset: number, least: number, most: number) =>
  numberFrom(least, most).default(preset);

const url = z
  .url({
    protocol: /^https?$/u,
    error: "cần http://… hoặc https://… / must be an http:// or https:// address",
  })
  .optional();

const EXECUTORS = ["compiled", "stock"] as const;
const ANONYMOUS_OPERATIONS = ["any", "trusted"] as const;
const COST_MODES = ["off", "measure", "enforce"] as const;
const SWITCH = ["on", "off"] as const;

const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, `cần một trong / must be one of: ${names.join(", ")}`);

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
  GATEWAY_EXECUTOR: oneOf(EXECUTORS).default("compiled"),
  OPERATIONS_PATH: z.string().default(join("schema", "operations")),
  ANONYMOUS_OPERATIONS: oneOf(ANONYMOUS_OPERATIONS).default("any"),
  ANSWER_CACHE_MB: integer(64, 0, 4096),
  LAST_ANSWERS_MB: integer(32, 0, 4096),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/u, error: "cần redis://… / must be a redis:// address" })
    .optional(),
  MAX_TOKENS: integer(4000, 1, 1_000_000),
  MAX_DEPTH: integer(20, 1, 1000),
  MAX_ALIASES: integer(200, 0, 100_000),
  MAX_ROOT_FIELDS: integer(50, 1, 10_000),
  MAX_COST: integer(100_000, 1, 999_999_999),
  COST_MODE: oneOf(COST_MODES).default("enforce"),
  INTROSPECTION: oneOf(SWITCH).default("on"),
  REQUESTS_PER_MINUTE: integer(0, 0, 999_999_999),
  REQUESTS_AT_ONCE: integer(0, 0, 100_000),
  MAX_REQUESTS_AT_ONCE: integer(1000, 1, 100_000),
  MAX_SUBSCRIBERS: integer(1000, 0, 100_000),
  SUBSCRIBERS_PER_CLIENT: integer(20, 1, 100_000),
  TRUSTED_PROXIES: integer(0, 0, 10),
  CLIENT_DEADLINE_MS: integer(30_000, 100, 600_000),
  CORS_ORIGINS: z
    .string()
    .default("")
    .transform((list) => list.split(",").filter((origin) => origin !== ""))
    .refine(
      (origins) => origins.every((origin) => /^https?:\/\/[^/]+$/u.test(origin)),
      "cần danh sách https://… cách nhau bằng dấu phẩy / must be origins such as https://…, divided by commas",
    ),
  METRICS_PORT: numberFrom(0, 65_535).optional(),
  MAP_GEOJSON: z.string().optional(),
  DATA_LICENCE: url,
  DATA_CONTACT: z.email("cần một địa chỉ thư điện tử / must be a mail address").optional(),
  DATA_DIRECTORY: z.string().default("data"),
  GATEWAY_SECRET: z.string().optional(),
  ...accessSettings,
  ...sessionShape,
  ...telemetrySettings,
});
const localUrl = (port: number) => `http://127.0.0.1:${port}/graphql`;

/**
 * Reads the gateway's settings; an empty one counts as unset, since compose files and shells pass empty variables on.
 * Paths are counted from the project's root, wherever the process was started.
 * @throws SettingsError that names every wrong setting.
 */
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env): GatewaySettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const read = shape.superRefine(refuseHalfClient).safeParse(given);
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
    executor: values.GATEWAY_EXECUTOR,
    operationsPath: resolve(ROOT, values.OPERATIONS_PATH),
    anonymousOperations: values.ANONYMOUS_OPERATIONS,
    answerCacheMb: values.ANSWER_CACHE_MB,
    lastAnswersMb: values.LAST_ANSWERS_MB,
    redisUrl: values.REDIS_URL,
    limits: {
      maxTokens: values.MAX_TOKENS,
      maxDepth: values.MAX_DEPTH,
      maxAliases: values.MAX_ALIASES,
      maxRootFields: values.MAX_ROOT_FIELDS,
      maxCost: values.MAX_COST,
      costMode: values.COST_MODE,
    },
    admission: {
      requestsPerMinute: values.REQUESTS_PER_MINUTE,
      requestsAtOnce: values.REQUESTS_AT_ONCE,
      maxRequestsAtOnce: values.MAX_REQUESTS_AT_ONCE,
      trustedProxies: values.TRUSTED_PROXIES,
    },
    clientDeadlineMs: values.CLIENT_DEADLINE_MS,
    live: {
      maxSubscribers: values.MAX_SUBSCRIBERS,
      subscribersPerClient: values.SUBSCRIBERS_PER_CLIENT,
    },
    introspection: values.INTROSPECTION === "on",
    corsOrigins: values.CORS_ORIGINS,
    metricsPort: values.METRICS_PORT,
    mapPath: values.MAP_GEOJSON && resolve(ROOT, values.MAP_GEOJSON),
    publicUrl: values.PUBLIC_URL,
    dataLicence: values.DATA_LICENCE,
    dataContact: values.DATA_CONTACT,
    logLevel: values.LOG_LEVEL,
    tracesUrl: tracesUrl(values),
    access: {
      OIDC_ISSUER: values.OIDC_ISSUER,
      OIDC_AUDIENCE: values.OIDC_AUDIENCE,
      OIDC_JWKS_URL: values.OIDC_JWKS_URL,
      DATA_DIRECTORY: resolve(ROOT, values.DATA_DIRECTORY),
    },
    session: {
      clientId: values.OIDC_CLIENT_ID,
      clientSecret: values.OIDC_CLIENT_SECRET,
      scope: values.OIDC_SCOPE,
    },
    gatewaySecret: values.GATEWAY_SECRET,
  };
}
