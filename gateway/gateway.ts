import "./environment";
import { ApolloGateway } from "@apollo/gateway";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { withClientErrors } from "./client-errors";
import { NODE_GRAPH, NodeDataSource } from "./node/node-graph";
import { SubgraphConnection } from "./subgraph-connection";
import { SubgraphDataSource } from "./subgraph-request";
import { readSupergraph, type Supergraph } from "./supergraph";
import { readSupergraphFile, watchSupergraphFile } from "./supergraph-file";

type Executor = ApolloGateway["executor"];
type SchemaListener = (schema: { apiSchema: GraphQLSchema; coreSupergraphSdl: string }) => void;

/** One supergraph in service, with everything that was made for it. */
interface Generation {
  supergraph: Supergraph;
  /** By name of the subgraph, for those that are reached over the network. */
  connections: ReadonlyMap<string, SubgraphConnection>;
  apiSchema: GraphQLSchema;
  execute: Executor;
}

export interface HubGatewayOptions {
  supergraphPath: string;
  supergraphPollMs: number;
  subgraphUrls: Readonly<Record<string, string>>;
  subgraphDeadlineMs: number;
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
  /** By address. */
  private readonly connections = new Map<string, SubgraphConnection>();
  private current: Generation | undefined;
  private stopWatching = () => {};

  constructor(private readonly options: HubGatewayOptions) {}

  /** @throws when the file cannot be read or is no supergraph; subgraphs need not be up. */
  async load(): Promise<{ executor: Executor }> {
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

  async stop(): Promise<void> {
    this.stopWatching();
    await Promise.all([...this.connections.values()].map((connection) => connection.close()));
  }

  private readonly execute: Executor = async (request) => {
    const generation = this.generations.get(request.schema) ?? this.current!;
    return withClientErrors(await generation.execute(request), request);
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
    const { subgraphDeadlineMs, log } = this.options;
    const supergraph = readSupergraph(sdl);
    const connections = this.connect(supergraph);
    const apollo = new ApolloGateway({
      supergraphSdl: sdl,
      buildService: ({ name }) => {
        const connection = connections.get(name);
        if (connection === undefined) return new NodeDataSource(supergraph, connections);
        return new SubgraphDataSource(name, connection, supergraph.schema, subgraphDeadlineMs, log);
      },
      queryPlannerConfig: { exposeDocumentNodeInFetchNode: true },
      validateSupergraph: true,
      __exposeQueryPlanExperimental: false,
      logger: log.child({ part: "apollo-gateway" }, { level: "warn" }),
    });
    const { schema, executor } = await apollo.load();
    return { supergraph, connections, apiSchema: schema, execute: executor };
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
    const { subgraphUrls, subgraphDeadlineMs } = this.options;
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
      const connection =
        this.connections.get(url) ?? new SubgraphConnection(url, subgraphDeadlineMs);
      this.connections.set(url, connection);
      connections.set(name, connection);
    }
    return connections;
  }
}
