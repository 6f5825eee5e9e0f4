import { readEnvironment, type GatewaySettings } from "./environment";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { ApolloServer } from "@apollo/server";
import type { Logger } from "pino";
import { createTokenVerifier } from "../access/access-token";
import { gatewayKeyFor, openGatewaySecret, signRequest } from "../access/gateway-signature";
import { createLog } from "../telemetry/log";
import { openTracing } from "../telemetry/tracing";
import { AnswerCache } from "./answer-cache/answer-cache";
import { DataVersions } from "./answer-cache/data-versions";
import { SharedAnswers } from "./answer-cache/shared-answers";
import { MemoryStore } from "./answer-cache/answer-store";
import { RedisStore } from "./answer-cache/redis-store";
import { PublicVersions } from "./catalogue/public-version";
import { deferLabelRule } from "./execution/defer/label-rule";
import { errorLog, formatError } from "./error-report";
import { HubGateway } from "./gateway";
import { operationPlugin } from "./operation-plugin";
import { Admission } from "./limits/admission";
import { EventLoopDelay } from "./limits/event-loop-delay";
import { OperationLimits } from "./limits/operation-limits";
import { RefusedConnections } from "./limits/refused-connections";
import { WorkTurns } from "./limits/work-turns";
import { createHttpServer, MAX_CONNECTIONS } from "./http";
import { readMapFile } from "./map/map-file";
import { ChangeFeed } from "./live/change-feed";
import { Cursors } from "./live/cursor";
import { FigureChanges } from "./live/figure-changes";
import { LiveEndpoint } from "./live/live-endpoint";
import type { LocalSource } from "./subgraph/local-subgraph";
import { publicAddress } from "./http/public-address";
import { LastAnswers } from "./stale/last-answers";
import { readTrustedDocuments } from "./trusted-documents";
import { createMetricsServer, GatewayMetrics } from "./metrics";
import type { RequestContext } from "./request-context";
import { openSessionDoor } from "./session/session-door";
import type { Signer } from "./subgraph/subgraph-connection";

export interface RunningGateway {
  /** Of the GraphQL endpoint. */
  url: string;
  port: number;
  /** Where Prometheus reads; undefined where nothing is counted. */
  metricsUrl: string | undefined;
  /** Takes no new requests, finishes those that have begun, and closes what idles; waits at most `stopWithinMs`. */
  stop(): Promise<void>;
}

export interface GatewayOptions {
  log?: Logger;
  /** How often the supergraph file is looked at. */
  supergraphPollMs?: number;
  stopWithinMs?: number;
  /** By name, subgraphs that live in this process. */
  localSubgraphs?: Readonly<Record<string, LocalSource>>;
  /** How often it is looked whether anything was published, while somebody wants to know. */
  liveEveryMs?: number;
  /** How often a subscriber hears that the connection is alive, and its token is looked at. */
  liveBeatMs?: number;
}

/**
 * Starts the gateway, with any subgraph up or down.
 * @throws when the supergraph cannot be read or used, or the port is taken; each says what to change.
 */
export async function startGateway(
  settings: GatewaySettings,
  {
    log = createLog("gateway", settings.logLevel),
    supergraphPollMs = 1000,
    stopWithinMs = 10_000,
    localSubgraphs = {},
    liveEveryMs = 1000,
    liveBeatMs = 15_000,
  }: GatewayOptions = {},
): Promise<RunningGateway> {
  const { supergraphPath, subgraphUrls, subgraphDeadlineMs, executor } = settings;
  const map = settings.mapPath === undefined ? undefined : readMapFile(settings.mapPath);
  const documents = readTrustedDocuments(settings.operationsPath);
  const limits = new OperationLimits(settings.limits, documents, log);
  const metrics: GatewayMetrics | undefined =
    settings.metricsPort === undefined
      ? undefined
      : new GatewayMetrics(
          () => gateway.subgraphs,
          () => live.size,
        );
  const tracing = openTracing("gateway", settings.tracesUrl);
  const gateway = new HubGateway({
    tracing,
    documents,
    limits,
    lastAnswers:
      settings.lastAnswersMb === 0
        ? undefined
        : new LastAnswers(settings.lastAnswersMb * 1024 * 1024),
    metrics,
    supergraphPath,
    supergraphPollMs,
    subgraphUrls,
    subgraphDeadlineMs,
    localSubgraphs,
    executor,
    signerFor: signers(settings),
    log,
  });
  const apollo = new ApolloServer<RequestContext>({
    gateway,
    formatError,
    plugins: [operationPlugin(gateway, limits, metrics), errorLog(log)],
    introspection: settings.introspection,
    // "Did you mean …?" would tell the schema field by field.
    hideSchemaDetailsFromClientErrors: !settings.introspection,
    validationRules: [deferLabelRule],
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: log.child({ part: "apollo-server" }, { level: "warn" }),
  });
  await apollo.start();
  const openSecret = () =>
    openGatewaySecret(settings.access.DATA_DIRECTORY, settings.gatewaySecret);
  const versions = new DataVersions();
  const answers = openAnswerCache(settings, versions, metrics, log);
  const verify = createTokenVerifier(settings.access);
  const door = openSessionDoor({
    settings: settings.session,
    publicUrl: settings.publicUrl,
    verify,
    issuer: settings.access.OIDC_ISSUER,
    audience: settings.access.OIDC_AUDIENCE,
    redisUrl: settings.redisUrl,
    secret: openSecret,
    log,
  });
  const delay = new EventLoopDelay();
  const refusedConnections = new RefusedConnections();
  const live = openLive(settings, openSecret, gateway, liveEveryMs, liveBeatMs);
  const server = createHttpServer({
    live,
    apollo,
    gateway,
    verify,
    door,
    shared: new SharedAnswers(versions),
    documents,
    limits,
    admission: new Admission(settings.admission, delay),
    refusedConnections,
    turns: new WorkTurns(delay, () => refusedConnections.areRecent()),
    corsOrigins: settings.corsOrigins,
    clientDeadlineMs: settings.clientDeadlineMs,
    map,
    answers,
    metrics,
    addressFor: (request) => publicAddress(settings.publicUrl, request),
    dataLicence: settings.dataLicence,
    dataContact: settings.dataContact,
    publicVersions: new PublicVersions(openSecret),
    anonymousOperations: settings.anonymousOperations,
    tracing,
    log,
  });
  const metricsServer = metrics && createMetricsServer(metrics);
  try {
    await listen(server, settings.port, settings.host, "PORT");
    if (metricsServer)
      await listen(metricsServer, settings.metricsPort!, settings.host, "METRICS_PORT");
  } catch (error) {
    server.close();
    delay.stop();
    await answers?.close();
    await door.sessions.close();
    await apollo.stop();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const host = settings.host.includes(":") ? `[${settings.host}]` : settings.host;
  return {
    url: `http://${host}:${port}/graphql`,
    port,
    metricsUrl:
      metricsServer && `http://${host}:${(metricsServer.address() as AddressInfo).port}/metrics`,
    stop: async () => {
      metricsServer?.close();
      metricsServer?.closeAllConnections();
      live.close();
      await close(server, stopWithinMs);
      delay.stop();
      await answers?.close();
      await door.sessions.close();
      await apollo.stop();
      await tracing?.stop();
    },
  };
}

function openAnswerCache(
  { answerCacheMb, redisUrl }: GatewaySettings,
  versions: DataVersions,
  metrics: GatewayMetrics | undefined,
  log: Logger,
): AnswerCache | undefined {
  if (answerCacheMb === 0) return undefined;
  const store =
    redisUrl === undefined
      ? new MemoryStore(answerCacheMb * 1024 * 1024)
      : new RedisStore(redisUrl, log);
  return new AnswerCache(store, versions, (isKept) =>
    metrics?.answered(isKept ? "memory" : "made"),
  );
}

function openLive(
  { live }: GatewaySettings,
  openSecret: () => Buffer,
  gateway: HubGateway,
  everyMs: number,
  beatMs: number,
): LiveEndpoint {
  const cursors = new Cursors(openSecret);
  const feed = new ChangeFeed(() => gateway.allSubgraphs, everyMs);
  return new LiveEndpoint(feed, new FigureChanges(feed, cursors), live, beatMs);
}

/** Keys are opened when somebody with a token first asks, for a hub that is only read needs none. */
export function signers({ access, gatewaySecret }: GatewaySettings): (subgraph: string) => Signer {
  let secret: Buffer | undefined;
  return (subgraph) => {
    let key: Buffer | undefined;
    return (body, viewer, query) => {
      secret ??= openGatewaySecret(access.DATA_DIRECTORY, gatewaySecret);
      key ??= gatewayKeyFor(secret, subgraph);
      return signRequest(key, { subgraph, query, body, viewer, now: new Date() });
    };
  };
}

async function listen(
  server: Server,
  port: number,
  host: string,
  setting: "PORT" | "METRICS_PORT",
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      const vietnamese = `Cổng ${port} đã có chương trình khác dùng; hãy đặt ${setting} sang cổng khác.`;
      reject(
        new Error(`${vietnamese} / Port ${port} is already in use; set ${setting} to another one.`),
      );
    });
    server.listen({ port, host, backlog: MAX_CONNECTIONS }, resolve);
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
