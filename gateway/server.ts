import { readEnvironment, type GatewaySettings } from "./environment";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { ApolloServer } from "@apollo/server";
import pino, { type Logger } from "pino";
import { errorLog, formatError } from "./error-report";
import { HubGateway } from "./gateway";
import { operationReadPlugin } from "./graphql-endpoint";
import { createHttpServer } from "./http";
import type { RequestContext } from "./request-context";

export interface RunningGateway {
  /** Of the GraphQL endpoint. */
  url: string;
  port: number;
  /** Takes no new requests, finishes those that have begun, and closes what idles; waits at most `stopWithinMs`. */
  stop(): Promise<void>;
}

export interface GatewayOptions {
  log?: Logger;
  /** How often the supergraph file is looked at. */
  supergraphPollMs?: number;
  stopWithinMs?: number;
}

/**
 * Starts the gateway, with any subgraph up or down.
 * @throws when the supergraph cannot be read or used, or the port is taken; each says what to change.
 */
export async function startGateway(
  settings: GatewaySettings,
  {
    log = pino({ level: settings.logLevel }),
    supergraphPollMs = 1000,
    stopWithinMs = 10_000,
  }: GatewayOptions = {},
): Promise<RunningGateway> {
  const { supergraphPath, subgraphUrls, subgraphDeadlineMs } = settings;
  const gateway = new HubGateway({
    supergraphPath,
    supergraphPollMs,
    subgraphUrls,
    subgraphDeadlineMs,
    log,
  });
  const apollo = new ApolloServer<RequestContext>({
    gateway,
    formatError,
    plugins: [operationReadPlugin, errorLog(log)],
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: log.child({ part: "apollo-server" }, { level: "warn" }),
  });
  await apollo.start();
  const server = createHttpServer({ apollo, subgraphs: () => gateway.subgraphs, log });
  try {
    await listen(server, settings.port, settings.host);
  } catch (error) {
    await apollo.stop();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}/graphql`,
    port,
    stop: async () => {
      await close(server, stopWithinMs);
      await apollo.stop();
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      const vietnamese = `Cổng ${port} đã có chương trình khác dùng; hãy đặt PORT sang cổng khác.`;
      reject(new Error(`${vietnamese} / Port ${port} is already in use; set PORT to another one.`));
    });
    server.listen(port, host, resolve);
  });
}

async function close(server: Server, withinMs: number): Promise<void> {
  // A connection kept alive would go on bringing requests after this.
  server.prependListener("request", (_request, response) =>
    response.setHeader("connection", "close"),
  );
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const patience = setTimeout(() => server.closeAllConnections(), withinMs);
  server.closeIdleConnections();
  await closed;
  clearInterval(sweep);
  clearTimeout(patience);
}

function runAsProcess(): void {
  const fail = (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  };
  const start = async () => {
    const gateway = await startGateway(readEnvironment());
    console.log(`Cổng dữ liệu phục vụ tại / The gateway serves at ${gateway.url}`);
    const stop = () => void gateway.stop().then(() => process.exit(0), fail);
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  };
  start().catch(fail);
}

if (require.main === module) runAsProcess();
