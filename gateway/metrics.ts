import { createServer, type Server } from "node:http";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { FieldUsage } from "./field-usage";
import type { SubgraphGuard } from "./subgraph/subgraph-guard";

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];
/** What labels may say; alerts and the dashboard ask for these words. */
export const CIRCUIT_STATES: readonly SubgraphGuard["state"][] = ["closed", "half-open", "open"];
export const ANSWER_SOURCES = ["memory", "made", "apollo"] as const;
export const PLAN_SOURCES = ["memory", "made"] as const;
export const REFUSALS = ["rate", "client-at-once", "overload", "bodies", "subscriptions"] as const;

/**
 * What the gateway counts, for Prometheus. Names of operations are told only of trusted documents: others are made up by
 * clients, without end.
 */
export class GatewayMetrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: "hub_request_seconds",
    help: "How long clients waited for an answer (until a subscription began), by operation (trusted documents by name; what is no GraphQL by its route, such as /rows) and HTTP status",
    labelNames: ["operation", "status"] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly errors = new Counter({
    name: "hub_errors_total",
    help: "Answers that tell errors, by operation or route: with status 200 as well",
    labelNames: ["operation"] as const,
    registers: [this.registry],
  });
  private readonly answers = new Counter({
    name: "hub_answers_total",
    help: "Answers by where they came from: memory, made by the hub's executor, Apollo's (stock) executor and server",
    labelNames: ["source"] as const,
    registers: [this.registry],
  });
  private readonly stock = new Counter({
    name: "hub_stock_executor_total",
    help: "Valid operations that were left to Apollo's executor, by reason",
    labelNames: ["reason"] as const,
    registers: [this.registry],
  });
  private readonly subgraphRequests = new Histogram({
    name: "hub_subgraph_seconds",
    help: "How long subgraphs took to answer, by outcome: ok, whatever the answer holds, or why there was none",
    labelNames: ["subgraph", "outcome"] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly subgraphFaults = new Counter({
    name: "hub_subgraph_faults_total",
    help: "Questions that a subgraph did not answer as it should, by reason: also stale_schema, invalid_response, errors (of its own, not of whoever asks)",
    labelNames: ["subgraph", "reason"] as const,
    registers: [this.registry],
  });
  private readonly refusals = new Counter({
    name: "hub_refused_total",
    help: "Requests that were not let in: rate, client-at-once, overload, bodies (no room for a long one) or subscriptions",
    labelNames: ["reason"] as const,
    registers: [this.registry],
  });

  readonly fields = new FieldUsage();
  private readonly plans = { memory: 0, made: 0 };

  /**
   * @param guards of the subgraphs in service, by name.
   * @param subscriptions how many are open.
   */
  constructor(
    guards: () => ReadonlyMap<string, { guardState: SubgraphGuard["state"] }>,
    subscriptions: () => number,
  ) {
    collectDefaultMetrics({ register: this.registry });
    const { fields, plans } = this;
    new Counter({
      name: "hub_plans_total",
      help: "Operations looked up with their plan: found in memory, or made ready, be it only to find them wrong",
      labelNames: ["source"] as const,
      registers: [this.registry],
      collect() {
        this.reset();
        for (const source of PLAN_SOURCES) this.inc({ source }, plans[source]);
      },
    });
    new Counter({
      name: "hub_field_usage_total",
      help: "How often a client asked for a field, by the name that it gives itself, or its agency",
      labelNames: ["client", "field"] as const,
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [client, times] of fields.read())
          for (const [field, count] of times) this.inc({ client, field }, count);
      },
    });
    new Gauge({
      name: "hub_subscriptions",
      help: "Subscriptions that are open",
      registers: [this.registry],
      collect() {
        this.set(subscriptions());
      },
    });
    new Gauge({
      name: "hub_subgraph_circuit_state",
      help: "1 for the state that the subgraph's circuit is in",
      labelNames: ["subgraph", "state"] as const,
      registers: [this.registry],
      collect() {
        // A subgraph that is no longer in service has no circuit.
        this.reset();
        for (const [subgraph, { guardState }] of guards())
          for (const state of CIRCUIT_STATES)
            this.set({ subgraph, state }, guardState === state ? 1 : 0);
      },
    });
  }

  /** @param name of a trusted document, or the route of what is no GraphQL; undefined for any other operation. */
  requestAnswered(
    name: string | undefined,
    status: number,
    hasErrors: boolean,
    seconds: number,
  ): void {
    const operation = name ?? "other";
    this.requests.observe({ operation, status }, seconds);
    if (hasErrors) this.errors.inc({ operation });
  }

  answered(source: (typeof ANSWER_SOURCES)[number]): void {
    this.answers.inc({ source });
  }

  planned(isKept: boolean): void {
    if (isKept) this.plans.memory += 1;
    else this.plans.made += 1;
  }

  leftToStock(reason: string): void {
    this.stock.inc({ reason });
  }

  subgraphAnswered(subgraph: string, outcome: string, seconds: number): void {
    this.subgraphRequests.observe({ subgraph, outcome }, seconds);
  }

  /** Once for each question. */
  subgraphFailed(subgraph: string, reason: string): void {
    this.subgraphFaults.inc({ subgraph, reason });
  }

  refused(reason: (typeof REFUSALS)[number]): void {
    this.refusals.inc({ reason });
  }
}

/** Serves `GET /metrics`; not yet listening. A port of its own, so that no proxy publishes it with the rest. */
export function createMetricsServer({ registry }: GatewayMetrics): Server {
  return createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics")
      return void response.writeHead(404).end("GET /metrics\n");
    registry.metrics().then(
      (text) => response.writeHead(200, { "content-type": registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
}
