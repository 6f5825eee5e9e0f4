import { SpanKind } from "@opentelemetry/api";
import { failSpan, inSpan, traceHeaders, type Tracing } from "../../telemetry/tracing";
import type { RequestContext } from "../request-context";
import type { Positions, Published, Question, Reply, SaidVersions, Subgraph } from "./subgraph";

/** A subgraph whose fetches are spans, and which is told of which. */
export class TracedSubgraph implements Subgraph {
  readonly name: string;

  constructor(
    private readonly subgraph: Subgraph,
    private readonly tracing: Tracing,
  ) {
    this.name = subgraph.name;
  }

  get carries(): boolean {
    return this.subgraph.carries === true;
  }

  ask(question: Question, context: RequestContext): Promise<Reply> {
    const attributes = {
      "hub.subgraph": this.name,
      ...(question.operationName && { "graphql.operation.name": question.operationName }),
    };
    const options = { kind: SpanKind.CLIENT, attributes };
    return inSpan(this.tracing, `fetch ${this.name}`, options, async (span) => {
      const headers = { ...context.caller.headers, ...traceHeaders() };
      const caller = { ...context.caller, headers };
      const reply = await this.subgraph.ask(question, { ...context, caller });
      if ("fault" in reply) failSpan(span!, reply.fault.reason);
      return reply;
    });
  }

  dataVersions(): Promise<SaidVersions> {
    return inSpan(this.tracing, `versions ${this.name}`, { kind: SpanKind.CLIENT }, () =>
      this.subgraph.dataVersions(),
    );
  }

  /** Not of any request: asked all the time, it would drown the others. */
  publishedChanges(after: Positions): Promise<Published> {
    return this.subgraph.publishedChanges(after);
  }
}
