import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment, type GatewaySettings } from "../../gateway/environment";
import { startGateway, type RunningGateway } from "../../gateway/server";
import { createLog } from "../../telemetry/log";
import { composeSmallHub, SMALL_NAMES, type SmallHub } from "./small-hub";

export interface Answer {
  status: number;
  headers: Headers;
  elapsedMs: number;
  data?: any;
  errors?: Array<{
    message: string;
    path?: Array<string | number>;
    extensions: Record<string, unknown>;
  }>;
  extensions?: unknown;
}

export interface SmallGateway extends RunningGateway {
  /** Every line logged so far. */
  logged: Array<Record<string, any>>;
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  /** Anything else over HTTP, by its path. */
  visit(path: string, init?: RequestInit): Promise<Response>;
  publish(supergraph: string): Promise<void>;
  /** Where its keys lie. */
  folder: string;
}

export const DEADLINE_MS = 400;

/** A gateway over the small hub, on a free port, reading its supergraph from a file of its own. */
export async function startSmallGateway(
  hub: SmallHub,
  {
    supergraph = composeSmallHub(),
    urls = {},
    settings = {},
    access = {},
    stopWithinMs = 5000,
  }: {
    supergraph?: string;
    urls?: Record<string, string>;
    settings?: Partial<GatewaySettings>;
    access?: Partial<GatewaySettings["access"]>;
    stopWithinMs?: number;
  } = {},
): Promise<SmallGateway> {
  const directory = await mkdtemp(join(tmpdir(), "small-gateway-"));
  const supergraphPath = join(directory, "supergraph.graphql");
  await writeFile(supergraphPath, supergraph);
  const logged: SmallGateway["logged"] = [];
  const log = createLog("gateway", "info", { write: (line) => void logged.push(JSON.parse(line)) });
  const gateway = await startGateway(
    {
      ...readEnvironment(),
      port: 0,
      host: "127.0.0.1",
      supergraphPath,
      subgraphUrls: {
        ...Object.fromEntries(SMALL_NAMES.map((name) => [name, hub.subgraphs[name].url])),
        ...urls,
      },
      subgraphDeadlineMs: DEADLINE_MS,
      logLevel: "info",
      access: { DATA_DIRECTORY: directory, OIDC_AUDIENCE: "lai-chau-hub", ...access },
      ...settings,
    },
    { log, supergraphPollMs: 20, stopWithinMs },
  );
  const visit = (path: string, init?: RequestInit) =>
    fetch(new URL(path, gateway.url), { redirect: "manual", ...init });
  return {
    ...gateway,
    logged,
    folder: directory,
    visit,
    publish: (sdl) => writeFile(supergraphPath, sdl),
    ask: async (query, variables = {}, headers = {}) => {
      const begun = performance.now();
      const reply = await visit("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const body = (await reply.json()) as object;
      return {
        status: reply.status,
        headers: reply.headers,
        elapsedMs: performance.now() - begun,
        ...body,
      };
    },
    stop: async () => {
      await gateway.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
