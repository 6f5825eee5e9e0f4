import "./environment";
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { ApolloGateway } from "@apollo/gateway";
import type { DocumentNode, GraphQLError, GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Tracing } from "../telemetry/tracing";
import { clientSchema, withoutClientDirectives } from "./client-schema";
import { withClientErrors } from "./client-errors";
import { Executor, type Asked } from "./execution/executor";
import type { StartedOperation } from "./execution/started-operation";
import type { OperationLimits } from "./limits/operation-limits";
import { LocalSubgraph, type LocalSource } from "./subgraph/local-subgraph";
import { MeasuredSubgraph } from "./subgraph/measured-subgraph";
import type { GatewayMetrics } from "./metrics";
import { NODE_GRAPH, NodeSubgraph } from "./node/node-graph";
import type { RequestContext } from "./request-context";
import type { Subgraph } from "./subgraph/subgraph";
import { SubgraphConnection, type Signer } from "./subgraph/subgraph-connection";
import { SubgraphDataSource } from "./subgraph/subgraph-request";
import type { LastAnswers } from "./stale/last-answers";
import { readSupergraph, type Supergraph } from "./supergraph";
import { TracedSubgraph } from "./subgraph/traced-subgraph";
import type { TrustedDocuments } from "./trusted-documents";
import { readSupergraphFile, watchSupergraphFile } from "./supergraph-file";

type ApolloExecutor = ApolloGateway["executor"];
type SchemaListener = (schema: { apiSchema: GraphQLSchema; coreSupergraphSdl: string }) => void;

/** One supergraph in service, with everything that was made for it. */
interface Generation {
  supergraph: Supergraph;
  /** SHA-256 of the supergraph. */
  hash: string;
  /** By name of the subgraph, for those that are reached over the network. */
  connections: ReadonlyMap<string, SubgraphConnection>;
  /** By name, all of them. */
  subgraphs: ReadonlyMap<string, Subgraph>;
  apiSchema: GraphQLSchema;
  /** Ours; undefined where Apollo's is wanted for everything. */
  executor: Executor | undefined;
  executeStock: ApolloExecutor;
}

export interface HubGatewayOptions {
  supergraphPath: string;
  supergraphPollMs: number;
  subgraphUrls: Readonly<Record<string, string>>;
  subgraphDeadlineMs: number;
  /** By name, those that live in this process; they are asked without HTTP. */
  localSubgraphs: Readonly<Record<string, LocalSource>>;
  /** Signs what is asked of a subgraph on a viewer's behalf. */
  signerFor: (subgraph: string) => Signer;
  /** `compiled`: ours, with Apollo's for what it does not do. `stock`: Apollo's alone. */
  executor: "compiled" | "stock";
  /** Made ready before anybody asks them. */
  documents: TrustedDocuments;
  limits: OperationLimits;
  /** What subgraphs last answered; undefined where nothing is kept. */
  lastAnswers: LastAnswers | undefined;
  /** Undefined where nothing is counted. */
  metrics: GatewayMetrics | undefined;
  /** Undefined where nothing is traced. */
  tracing: Tracing | undefined;
  /** What is put before each subgraph, to watch what it is asked; nothing unless given. */
  watch?: (subgraph: Subgraph) => Subgraph;
  log: Logger;
}

/**
 * Apollo's gateway over the supergraph file, whole and new for every version of the file. A new version serves only after it
 * has loaded entirely, and a request is executed by the version that it was validated against: letting one Apollo gateway
 * update itself would plan a request in flight over another schema, and leave it half changed by a supergraph that parses
 * but cannot be planned over.
 */
export class HubGateway {
  private readonly generations = new WeakMap<GraphQLSchema, Generation>();
  private readonly listeners = new Set<SchemaListener>();
  /** By name and address. */
  private readonly connections = new Map<string, SubgraphConnection>();
  private current: Generation | undefined;
  private stopWatching = () => {};

  constructor(private readonly options: HubGatewayOptions) {}

  /** @throws when the file cannot be read or is no supergraph; subgraphs need not be up. */
  async load(): Promise<{ executor: ApolloExecutor }> {
    const { supergraphPath, supergraphPollMs, log } = this.options;
    this.serve(await this.build(await readSupergraphFile(supergraphPath)));
    let swapping = Promise.resolve();
    this.stopWatching = watchSupergraphFile(
      supergraphPath,
      supergraphPollMs,
      (sdl) => {
        swapping = swapping.then(() => this.replace(sdl));
      },
      (error) => log.error({ err: error }, "supergraph cannot be read; the one in service goes on"),
    );
    return { executor: this.execute };
  }

  onSchemaLoadOrUpdate(listener: SchemaListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The subgraphs of the supergraph in service that are reached over the network, by name. */
  get subgraphs(): ReadonlyMap<string, SubgraphConnection> {
    return this.current?.connections ?? new Map();
  }

  /** What clients see of the supergraph in service. @throws before it has loaded. */
  get apiSchema(): GraphQLSchema {
    if (this.current === undefined) throw new Error("The gateway has not loaded");
    return this.current.apiSchema;
  }

  /** What clients see of the supergraph in service; undefined until one is. */
  get clientSchema(): GraphQLSchema | undefined {
    return this.current?.apiSchema;
  }

  /** Everybody who answers for a graph of the supergraph in service, in this process or elsewhere. */
  get allSubgraphs(): Iterable<Subgraph> {
    return this.current?.subgraphs.values() ?? [];
  }

  /** Tells answers of one supergraph from those of another. */
  get supergraphHash(): string {
    return this.current?.hash ?? "";
  }

  async stop(): Promise<void> {
    this.stopWatching();
    await Promise.all([...this.connections.values()].map((connection) => connection.close()));
  }

  /**
   * What answers the operation, at once where it was asked before; undefined where Apollo Server has to answer, be it only
   * to refuse.
   */
  start(asked: Asked, how?: Parameters<Executor["start"]>[1]): StartedOperation | undefined {
    return this.current?.executor?.start(asked, how);
  }

  /** Why a valid document cannot be answered rightly; undefined: it can, or Apollo's executor is wanted as it is. */
  refuse(schema: GraphQLSchema, document: DocumentNode): GraphQLError | undefined {
    return (this.generations.get(schema) ?? this.current)?.executor?.refuse(document);
  }

  /** What Apollo Server executes: it has parsed and validated the operation, and answers in its own shape. */
  private readonly execute: ApolloExecutor = async (request) => {
    const { executor, executeStock } = this.generations.get(request.schema) ?? this.current!;
    const { operationName, variables = {} } = request.request;
    const started = executor?.start({ query: request.source, operationName, variables });
    if (!started) {
      const reason = executor?.whyNot({ query: request.source, operationName }) ?? "setting";
      this.options.metrics?.leftToStock(reason);
      const document = withoutClientDirectives(request.document);
      return withClientErrors(await executeStock({ ...request, document }), request);
    }
    const { json } = await started.execute(request.context as RequestContext);
    return JSON.parse(json.toString("utf8")) as Awaited<ReturnType<ApolloExecutor>>;
  };

  private async replace(sdl: string): Promise<void> {
    const { log, supergraphPath } = this.options;
    if (sdl === this.current?.supergraph.sdl) return;
    try {
      this.serve(await this.build(sdl));
      log.info({ supergraphPath }, "new supergraph in service");
    } catch (error) {
      log.error({ err: error, supergraphPath }, "supergraph refused; the one in service goes on");
    }
  }

  private async build(sdl: string): Promise<Generation> {
    const { log, localSubgraphs, subgraphDeadlineMs, metrics } = this.options;
    const supergraph = readSupergraph(sdl);
    const connections = this.connect(supergraph);
    const subgraphs = new Map<string, Subgraph>(connections);
    for (const [name, source] of Object.entries(localSubgraphs))
      subgraphs.set(name, new LocalSubgraph(name, subgraphDeadlineMs, source));
    if (!subgraphs.has(NODE_GRAPH.name))
      subgraphs.set(NODE_GRAPH.name, new NodeSubgraph(supergraph, new Map(subgraphs)));
    for (const [name, subgraph] of subgraphs) subgraphs.set(name, this.observed(subgraph));
    const apollo = new ApolloGateway({
      supergraphSdl: sdl,
      buildService: ({ name }) =>
        new SubgraphDataSource(name, subgraphs.get(name)!, supergraph.schema, log),
      queryPlannerConfig: { exposeDocumentNodeInFetchNode: true },
      validateSupergraph: true,
      __exposeQueryPlanExperimental: false,
      logger: log.child({ part: "apollo-gateway" }, { level: "warn" }),
    });
    const { schema, executor: executeStock } = await apollo.load();
    const apiSchema = clientSchema(schema);
    const executor =
      this.options.executor === "stock"
        ? undefined
        : new Executor({
            apollo,
            apiSchema,
            supergraphSchema: supergraph.schema,
            subgraphs,
            limits: this.options.limits,
            onPlan: metrics && ((isKept) => metrics.planned(isKept)),
            lastAnswers: this.options.lastAnswers,
            log,
          });
    for (const text of executor ? this.options.documents.texts : []) {
      if (!executor!.warm(text))
        log.debug({ text }, "a trusted document does not fit the supergraph");
      // Each takes a moment, in which nobody else is answered.
      await setImmediate();
    }
    const hash = createHash("sha256").update(sdl).digest("hex");
    return { supergraph, hash, connections, subgraphs, apiSchema, executor, executeStock };
  }

  private observed(subgraph: Subgraph): Subgraph {
    const { metrics, tracing, watch } = this.options;
    const watched = watch ? watch(subgraph) : subgraph;
    const measured = metrics ? new MeasuredSubgraph(watched, metrics) : watched;
    return tracing ? new TracedSubgraph(measured, tracing) : measured;
  }

  private serve(generation: Generation): void {
    const { apiSchema, supergraph } = generation;
    this.current = generation;
    this.generations.set(apiSchema, generation);
    this.listeners.forEach((listener) =>
      listener({ apiSchema, coreSupergraphSdl: supergraph.sdl }),
    );
  }

  /**
   * The connection to each subgraph by name, shared by all versions that find it at the same address; one that is no
   * longer used holds no socket for long.
   */
  private connect({ subgraphs }: Supergraph): Map<string, SubgraphConnection> {
    const { subgraphUrls, subgraphDeadlineMs, signerFor } = this.options;
    const connections = new Map<string, SubgraphConnection>();
    for (const { name, url: composedUrl } of subgraphs) {
      const url = subgraphUrls[name] ?? composedUrl;
      const isHttp = /^https?:\/\//u.test(url);
      if (name === NODE_GRAPH.name && !isHttp) continue;
      if (!isHttp) {
        throw new Error(
          `Siêu lược đồ không nêu địa chỉ http của phân hệ ${name}. / ` +
            `The supergraph gives no http address for subgraph ${name}.`,
        );
      }
      const key = `${name} ${url}`;
      const connection =
        this.connections.get(key) ??
        new SubgraphConnection(name, url, subgraphDeadlineMs, signerFor(name));
      this.connections.set(key, connection);
      connections.set(name, connection);
    }
    return connections;
  }
}
