import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { formatError } from "../error-report";
import { bytesOfCarried, carried } from "../http/carried-text";
import { utf8 } from "../http/utf8";
import type { RequestContext } from "../request-context";
import { StaleAnswers, staleExtension } from "../stale/stale-answers";
import type { Subgraph } from "../subgraph/subgraph";
import type { Path } from "../subgraph/subgraph-operation";
import { clientErrors, type Selected } from "./client-errors";
import { answerInParts } from "./defer/answer-in-parts";
import type { Deferral } from "./defer/deferral";
import type { ExecutorParts } from "./executor";
import type { PlanStep } from "./plan-step";
import type { PreparedOperation, Variant } from "./prepared-operation";
import { PlanRun } from "./run-plan";
import { unexplained, type Violation } from "./violation";

export interface Executed {
  /** The whole response, in UTF-8. */
  json: Buffer;
  /** Nothing is missing: no error is told. */
  isWhole: boolean;
}

/** An operation with everything settled but its execution. */
export class StartedOperation {
  readonly isQuery: boolean;
  private readonly deferral: Deferral | undefined;

  constructor(
    private readonly parts: Pick<ExecutorParts, "subgraphs" | "lastAnswers" | "log">,
    private readonly prepared: PreparedOperation,
    private readonly variant: Variant,
    /** Variables, as the client gave them. */
    private readonly given: Readonly<Record<string, unknown>>,
    mayBeInParts: boolean,
  ) {
    this.isQuery = prepared.operation.operation === "query";
    this.deferral = mayBeInParts && this.isQuery ? variant.deferral() : undefined;
  }

  /** What it selects, as `Type.field`: the same list each time, made only for whoever counts it. */
  get fields(): readonly string[] {
    return this.prepared.fields;
  }

  /** Undefined where nobody need be asked. */
  get plan(): PlanStep | undefined {
    return this.variant.plan;
  }

  /** Whom its plan asks. */
  get subgraphs(): readonly Subgraph[] {
    return this.variant.asks.map((name) => this.parts.subgraphs.get(name)!);
  }

  /** Whether some of it is deferred, for a client that takes answers in parts. */
  get isInParts(): boolean {
    return this.deferral !== undefined;
  }

  async execute(context: RequestContext): Promise<Executed> {
    const { prepared } = this;
    const { plan, writer, selected } = this.variant;
    const isCarried = !prepared.allowsStale && this.allCarry();
    const run = this.begin(context, isCarried);
    if (plan) await run.run(plan);
    const { json, violations } = writer.write(run.data, run.shared, run.isUnescaped);
    let told: GraphQLFormattedError[] = [];
    if (run.errors.length > 0)
      told = clientErrors(prepared.selected(selected), run.data, run.errors);
    told = told.concat(
      unexplained(violations, told).map((violation) => this.internalError(violation, context)),
    );
    const write = isCarried ? bytesOfCarried : utf8;
    if (told.length === 0)
      return { json: write(`{"data":${json}}\n`), isWhole: run.errors.length === 0 };
    const spelt = (value: object) => {
      const text = JSON.stringify(value);
      return isCarried ? carried(text) : text;
    };
    const stale = staleExtension(
      run.stale?.shown ?? [],
      clientPathIn(prepared.selected(selected), run),
    );
    const extensions = stale ? `,"extensions":${spelt(stale)}` : "";
    return {
      json: write(`{"errors":${spelt(told)},"data":${json}${extensions}}\n`),
      isWhole: false,
    };
  }

  /** The same answer in parts, each a JSON text. */
  executeInParts(context: RequestContext): AsyncGenerator<string> {
    const run = this.begin(context, false);
    const selected = this.prepared.selected(this.variant.selected);
    return answerInParts(this.deferral!, run, {
      error: (error) => clientErrors(selected, run.data, [error])[0],
      violation: (violation) => this.internalError(violation, context),
      errorsTold: () => (context.progress.hasErrors = true),
      stale: (shown) => staleExtension(shown, clientPathIn(selected, run)),
    });
  }

  private allCarry(): boolean {
    for (const name of this.variant.asks)
      if (this.parts.subgraphs.get(name)!.carries !== true) return false;
    return true;
  }

  private begin(context: RequestContext, isCarried: boolean): PlanRun {
    const { subgraphs, log, lastAnswers } = this.parts;
    const stale =
      this.prepared.allowsStale && lastAnswers ? new StaleAnswers(lastAnswers, context) : undefined;
    return new PlanRun(subgraphs, context, this.given, log, isCarried, stale);
  }

  private internalError({ path, message }: Violation, { requestId }: RequestContext) {
    const error = new GraphQLError(message, {
      path,
      extensions: { code: "INTERNAL_SERVER_ERROR" },
    });
    this.parts.log.error({ requestId, err: error }, "internal error");
    return formatError(error.toJSON());
  }
}

/** Where the client finds what stands at a path of the merged answer; undefined for what it did not ask for. */
const clientPathIn =
  (selected: Selected, { data }: PlanRun) =>
  (path: Path) => {
    const [told] = clientErrors(selected, data, [{ message: "", path, extensions: {} }]);
    return told?.path?.length === path.length ? told.path : undefined;
  };
