import type { GatewayMetrics } from "../metrics";
import type { RequestContext } from "../request-context";
import type { Positions, Published, Question, Reply, SaidVersions, Subgraph } from "./subgraph";

/** A subgraph whose answers are timed. */
export class MeasuredSubgraph implements Subgraph {
  readonly name: string;

  constructor(
    private readonly subgraph: Subgraph,
    private readonly metrics: GatewayMetrics,
  ) {
    this.name = subgraph.name;
  }

  get carries(): boolean {
    return this.subgraph.carries === true;
  }

  async ask(question: Question, context: RequestContext): Promise<Reply> {
    const began = performance.now();
    const reply = await this.subgraph.ask(question, context);
    const outcome = "fault" in reply ? reply.fault.reason.toLowerCase() : "ok";
    this.metrics.subgraphAnswered(this.name, outcome, (performance.now() - began) / 1000);
    return reply;
  }

  dataVersions(): Promise<SaidVersions> {
    return this.subgraph.dataVersions();
  }

  publishedChanges(after: Positions): Promise<Published> {
    return this.subgraph.publishedChanges(after);
  }
}
