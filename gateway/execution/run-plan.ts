import type { Logger } from "pino";
import { carried } from "../http/carried-text";
import { isAbandoned, type RequestContext } from "../request-context";
import type { Put, StaleAnswers } from "../stale/stale-answers";
import { logFault, readAnswer, type ReadAnswer } from "../subgraph/subgraph-answer";
import type { Reply, Subgraph } from "../subgraph/subgraph";
import type { PathError } from "../subgraph/subgraph-error";
import { ABANDONED } from "../subgraph/subgraph-fault";
import type { Path, SubgraphOperation } from "../subgraph/subgraph-operation";
import { Asking } from "./asking";
import type { FetchStep } from "./fetch-step";
import { mergeInto } from "./merge";
import type { PlanStep } from "./plan-step";
import type { Represent } from "./representation";
import { rewrite } from "./rewrite";
import { placesOfTargets, targetsAt, type Target } from "./targets";

/** An error, with the parts of the answer that waited for what it is about, where it is sent in parts. */
export interface PlanError extends PathError {
  parts?: ReadonlySet<number> | undefined;
}

interface Replied {
  reply: Reply;
  /** Of the question, where its last answer counts. */
  key: string | undefined;
}

export type Subgraphs = ReadonlyMap<string, Subgraph>;

/** One run of a plan: what it is run with, and what it has gathered. */
export class PlanRun {
  readonly data: Target = {};
  /** What entities brought that more than one place refers to. */
  readonly shared = new Set<object>();
  /** No text in what was answered so far holds a character that JSON has to escape. */
  isUnescaped = true;
  /** At paths of the merged answer, which may lead through keys that only the gateway asked for. */
  readonly errors: PlanError[] = [];
  private readonly underWay = new Map<FetchStep, Promise<void>>();
  private readonly json = new Map<string, string>();

  constructor(
    private readonly subgraphs: Subgraphs,
    private readonly context: RequestContext,
    /** Variables, as the client gave them. */
    private readonly given: Readonly<Record<string, unknown>>,
    private readonly log: Logger,
    /** Whether all that is asked and answered is carried text. */
    private readonly isCarried: boolean,
    /** Where older answers may stand for what does not come. */
    readonly stale?: StaleAnswers,
  ) {}

  /** Never fails for what a subgraph does: what did not arrive is missing, and an error says so. */
  async run(step: PlanStep): Promise<void> {
    switch (step.kind) {
      case "FETCH":
        return this.fetch(step.fetch);
      case "SEQUENCE":
        for (const each of step.steps) await this.run(each);
        return;
      case "PARALLEL":
        await Promise.all(step.steps.map((each) => this.run(each)));
    }
  }

  /** Runs what one part of the answer waits for; what another part has begun is not asked again. */
  async runPart(step: PlanStep, part: number): Promise<void> {
    switch (step.kind) {
      case "FETCH": {
        const { fetch } = step;
        if (fetch.parts?.has(part) !== true) return;
        let fetching = this.underWay.get(fetch);
        if (fetching === undefined) this.underWay.set(fetch, (fetching = this.fetch(fetch)));
        return fetching;
      }
      case "SEQUENCE":
        for (const each of step.steps) await this.runPart(each, part);
        return;
      case "PARALLEL":
        await Promise.all(step.steps.map((each) => this.runPart(each, part)));
    }
  }

  private async fetch(step: FetchStep): Promise<void> {
    const targets = targetsAt(this.data, step.path, this.shared);
    if (targets.length === 0) return;
    if (step.represent === undefined) return this.fetchFields(step, targets);
    await this.fetchEntities(step, step.represent, targets);
  }

  private async fetchFields(step: FetchStep, targets: readonly Target[]): Promise<void> {
    const asked = await this.ask(step, `{${this.variablesJson(step)}}`);
    const data = this.wholeData(step, asked, undefined);
    if (data) {
      this.mergeShared(step, targets, FIRST_FOR_ALL, [data]);
      return;
    }
    const { answer, put } = this.read(step, step.asked(), asked);
    if (answer.errors.length > 0) {
      const places = [...placesOfTargets(this.data, step.path).values()].flat();
      this.noteStale(step, put, places);
      for (const { path, ...error } of answer.errors)
        for (const place of places)
          this.errors.push({ ...error, path: [...place, ...path], parts: step.parts });
    }
    if (!answer.data) return;
    for (const each of step.rewrites) rewrite(step.schema, each, answer.data);
    this.mergeShared(step, targets, FIRST_FOR_ALL, [answer.data]);
  }

  private async fetchEntities(
    step: FetchStep,
    represent: Represent,
    targets: readonly Target[],
  ): Promise<void> {
    const asking = new Asking(represent);
    const askedFor = targets.map((target) => asking.indexOf(target));
    const { typenames, representations } = asking;
    if (typenames.length === 0) return;

    const variables = this.variablesJson(step);
    const comma = variables === "" ? "" : ",";
    const sent = `{"representations":[${representations}]${comma}${variables}}`;
    const asked = await this.ask(step, sent);
    let entities = this.wholeData(step, asked, typenames)?._entities as Target[] | undefined;
    if (entities === undefined) {
      const about = step.asked(JSON.parse(`[${representations}]`));
      const { answer, put } = this.read(step, about, asked);
      this.placeEntityErrors(step, targets, askedFor, answer.errors, put);
      entities = (answer.data?._entities ?? []) as Target[];
      for (const each of step.rewrites) rewrite(step.schema, each, entities);
    }
    for (const entity of step.isAskedByInterface ? entities : []) step.forgetInterface(entity);
    if (targets.length > typenames.length)
      return this.mergeShared(step, targets, (at) => askedFor[at]!, entities);
    for (let index = 0; index < targets.length; index += 1) {
      const entity = entities[askedFor[index]!];
      if (entity) mergeInto(targets[index]!, entity);
    }
  }

  /** Merges what may belong to several places, and notes what of it will stand in the answer more than once. */
  private mergeShared(
    { contended }: FetchStep,
    targets: readonly Target[],
    indexFor: (at: number) => number,
    parts: readonly (Target | null)[],
  ): void {
    const once = new Set<number>();
    targets.forEach((target, at) => {
      const index = indexFor(at);
      const part = parts[index];
      if (!part) return;
      const isAgain = once.has(index);
      once.add(index);
      if (isAgain) this.share(part, contended);
      mergeInto(target, isAgain && contended.size > 0 ? withOwn(part, contended) : part);
    });
  }

  private share(part: Target, contended: ReadonlySet<string>): void {
    for (const key in part) {
      const value = part[key];
      if (isObject(value) && !contended.has(key)) this.shared.add(value);
    }
  }

  private read(
    { subgraph }: FetchStep,
    operation: SubgraphOperation,
    { reply, key }: Replied,
  ): { answer: ReadAnswer; put: Put | undefined } {
    const answer = readAnswer(subgraph, operation, reply);
    logFault(this.log, this.context, subgraph, answer.fault);
    if (key === undefined) return { answer, put: undefined };
    if (answer.errors.length > 0)
      return { answer, put: this.stale!.complete(key, subgraph, operation, answer) };
    this.stale!.answered(key, answer.data!);
    return { answer, put: undefined };
  }

  private noteStale(step: FetchStep, put: Put | undefined, places: readonly Path[]): void {
    if (put === undefined) return;
    const { keys, ...moment } = put;
    const paths = places.flatMap((place) => [...keys].map((key) => [...place, key]));
    this.stale!.shown.push({ ...moment, paths, parts: step.parts });
  }

  /** The data, ready to be merged, if there is nothing to say of it. */
  private wholeData(
    step: FetchStep,
    { reply, key }: Replied,
    typenames: readonly string[] | undefined,
  ): Target | undefined {
    if ("fault" in reply) return undefined;
    const { data, errors } = reply.body;
    if (!data || (errors && errors.length > 0)) return undefined;
    if (!step.shape.isWhole(data, typenames)) return undefined;
    if (key !== undefined) this.stale!.answered(key, data);
    for (const each of step.rewrites)
      rewrite(step.schema, each, typenames === undefined ? data : data._entities);
    return data;
  }

  private placeEntityErrors(
    step: FetchStep,
    targets: readonly Target[],
    askedFor: readonly number[],
    errors: readonly PathError[],
    put: Put | undefined,
  ): void {
    if (errors.length === 0) return;
    const places = placesOfTargets(this.data, step.path);
    this.noteStale(step, put, [...places.values()].flat());
    const placesOf = new Map<number, Path[]>();
    askedFor.forEach((index, target) => {
      const standing = places.get(targets[target]!) ?? [];
      const known = placesOf.get(index);
      if (known === undefined) placesOf.set(index, [...standing]);
      else for (const place of standing) known.push(place);
    });
    for (const { path, ...error } of errors)
      for (const place of placesOf.get(Number(path[1])) ?? [[]])
        this.errors.push({ ...error, path: [...place, ...path.slice(2)], parts: step.parts });
  }

  private async ask(
    { subgraph, query, operationName, opening, carriedOpening }: FetchStep,
    variables: string,
  ): Promise<Replied> {
    if (isAbandoned(this.context) && !query.startsWith("mutation"))
      return { reply: { fault: ABANDONED }, key: undefined };
    const { isCarried } = this;
    const body = `${isCarried ? carriedOpening : opening}${variables}}`;
    const question = { query, operationName, variables, body, isCarried };
    const reply = await this.subgraphs.get(subgraph)!.ask(question, this.context);
    if ("body" in reply && reply.isUnescaped !== true) this.isUnescaped = false;
    return { reply, key: this.stale?.keyOf(subgraph, question.body) };
  }

  /** The fields of a JSON object that hold what the client gave for the fetch's variables. */
  private variablesJson({ variables }: FetchStep): string {
    let written = "";
    for (const name of variables) {
      let json = this.json.get(name);
      if (json === undefined) {
        const value = Object.hasOwn(this.given, name) ? this.given[name] : undefined;
        json = value === undefined ? "" : `${JSON.stringify(name)}:${JSON.stringify(value)}`;
        if (this.isCarried) json = carried(json);
        this.json.set(name, json);
      }
      if (json !== "") written += written === "" ? json : `,${json}`;
    }
    return written;
  }
}

const FIRST_FOR_ALL = () => 0;

/** The part for one more place, where other fetches write into what stands under these keys. */
function withOwn(part: Target, contended: ReadonlySet<string>): Target {
  const own = { ...part };
  for (const key of contended) if (isObject(own[key])) own[key] = structuredClone(own[key]);
  return own;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
