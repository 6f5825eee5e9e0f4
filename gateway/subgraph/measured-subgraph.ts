import type { GatewayMetrics } from "../metrics";
import type { RequestContext } from "../request-context";
import { ABANDONED } from "./subgraph-fault";
import type { Positions, Published, Question, Reply, SaidVersions, Subgraph } from "./subgraph";

/** A subgraph whose answers are timed, and whose faults are counted, be it by whoever reads what it answered. */
export class MeasuredSubgraph implements Subgraph {
  readonly name: string;
  private readonly noteFault = (reason: string) => this.metrics.subgraphFailed(this.name, reason);

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
    if (!("fault" in reply)) return { ...reply, noteFault: this.noteFault };
    // Whoever goes away says nothing of the subgraph.
    if (reply.fault !== ABANDONED) this.noteFault(outcome);
    return reply;
  }

  dataVersions(): Promise<SaidVersions> {
    return this.subgraph.dataVersions();
  }

  publishedChanges(after: Positions): Promise<Published> {
    return this.subgraph.publishedChanges(after);
  }
}
