import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import type { GatewaySettings } from "../../gateway/environment";
import { startGateway, type RunningGateway } from "../../gateway/server";
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
}

export const DEADLINE_MS = 400;

/** A gateway over the small hub, on a free port, reading its supergraph from a file of its own. */
export async function startSmallGateway(
  hub: SmallHub,
  {
    supergraph = composeSmallHub(),
    urls = {},
    settings = {},
    stopWithinMs = 5000,
  }: {
    supergraph?: string;
    urls?: Record<string, string>;
    settings?: Partial<GatewaySettings>;
    stopWithinMs?: number;
  } = {},
): Promise<SmallGateway> {
  const directory = await mkdtemp(join(tmpdir(), "small-gateway-"));
  const supergraphPath = join(directory, "supergraph.graphql");
  await writeFile(supergraphPath, supergraph);
  const logged: SmallGateway["logged"] = [];
  const log = pino({ level: "info" }, { write: (line) => void logged.push(JSON.parse(line)) });
  const gateway = await startGateway(
    {
      port: 0,
      host: "127.0.0.1",
      supergraphPath,
      subgraphUrls: {
        ...Object.fromEntries(SMALL_NAMES.map((name) => [name, hub.subgraphs[name].url])),
        ...urls,
      },
      subgraphDeadlineMs: DEADLINE_MS,
      logLevel: "info",
      ...settings,
    },
    { log, supergraphPollMs: 20, stopWithinMs },
  );
  const visit = (path: string, init?: RequestInit) =>
    fetch(new URL(path, gateway.url), { redirect: "manual", ...init });
  return {
    ...gateway,
    logged,
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
