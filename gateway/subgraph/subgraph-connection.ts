import { Pool, type Dispatcher } from "undici";
import { z } from "zod";
import type { Viewer } from "../../access/viewer";
import { isAbandoned, type RequestContext, type SubgraphCaller } from "../request-context";
import {
  versionText,
  type GraphQLBody,
  type Positions,
  type Published,
  type Question,
  type Reply,
  type SaidVersions,
  type Subgraph,
} from "./subgraph";
import {
  ABANDONED,
  badStatus,
  brokenConnection,
  invalidResponse,
  OVERLOADED,
  timedOut,
  type Fault,
} from "./subgraph-fault";
import { bytesOfCarried, readCarriedJson, told, type CarriedJson } from "../http/carried-text";
import { Deadline } from "./deadline";
import { SubgraphGuard } from "./subgraph-guard";

export type Signer = (
  body: string | Buffer,
  viewer: Viewer,
  query: string,
) => Record<string, string>;

/** Far above any real answer, and low enough that a subgraph gone mad cannot eat the gateway's memory. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/** Of all answers of one subgraph that are under way together. */
const MAX_BYTES_AT_ONCE = 4 * MAX_ANSWER_BYTES;
const CONNECTIONS = 128;

const NOBODY: SubgraphCaller = { headers: {}, viewer: null };
const ACCEPTED = "application/graphql-response+json, application/json;q=0.9";
const SAYS_NOTHING_MS = 30_000;
const ABANDONED_REPLY = Promise.resolve({ fault: ABANDONED });

const publishedShape = z.object({
  published: z.record(
    z.string(),
    z
      .object({
        head: z.int(),
        changes: z.array(
          z.object({
            sequence: z.int(),
            at: z.string(),
            kind: z.string(),
            year: z.int().nullable(),
          }),
        ),
      })
      .nullable(),
  ),
});

interface Answered {
  status: number;
  bytes: Buffer;
}

type Sent = Answered | { fault: Fault };

/** Keep-alive connections to one subgraph, under guard. */
export class SubgraphConnection implements Subgraph {
  private readonly pool: Pool;
  private readonly path: string;
  private readonly guard = new SubgraphGuard();
  private readonly underWay = { bytes: 0 };
  private saysNothingUntil = 0;
  private isPlain = true;

  constructor(
    readonly name: string,
    readonly url: string,
    private readonly deadlineMs: number,
    /** What is sent along for a viewer, so that the subgraph believes who asks. */
    private readonly sign: Signer,
  ) {
    const { origin, pathname, search } = new URL(url);
    this.path = pathname + search;
    this.pool = new Pool(origin, {
      connections: CONNECTIONS,
      // Our own deadline covers connecting, headers and body together; undici's must never be the first to fire.
      connect: { timeout: 2 * deadlineMs + 1000 },
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: MAX_ANSWER_BYTES,
    });
  }

  /** Not where it spells characters out: its answers would be read twice. */
  get carries(): boolean {
    return this.isPlain;
  }

  /** A subgraph that has been silent for a whole deadline is not waited for again in the same request. */
  async ask({ query, body, isCarried }: Question, context: RequestContext): Promise<Reply> {
    const { silent, caller } = context;
    if (silent.has(this.name)) return { fault: timedOut(this.deadlineMs) };
    const isQuery = !query.startsWith("mutation");
    const reply = await this.guard.ask(isQuery, this.deadlineMs, (withinMs) =>
      // It may have waited for its turn for longer than the client did.
      isQuery && isAbandoned(context)
        ? ABANDONED_REPLY
        : this.post(body, caller, withinMs, isCarried),
    );
    if (!("fault" in reply) || reply.fault.reason !== "TIMEOUT") return reply;
    silent.add(this.name);
    // Of the whole time that it had, not of what a queue or an earlier attempt had left.
    return { fault: timedOut(this.deadlineMs) };
  }

  /** Sends one operation and waits for its whole answer, at most until the deadline. */
  async post(
    body: string,
    caller: SubgraphCaller,
    deadlineMs: number,
    isCarried = false,
  ): Promise<Reply> {
    const bytes = isCarried ? bytesOfCarried(body) : Buffer.from(body, "utf8");
    const sent = await this.send("POST", this.path, bytes, caller, deadlineMs);
    if ("fault" in sent) return sent;
    const reply = readReply(sent, isCarried);
    if (reply.isRespelt) this.isPlain = false;
    return reply;
  }

  /** Sends a file to another of the subgraph's addresses; the answer is handed on as it is. */
  sendFile(path: string, body: Buffer, caller: SubgraphCaller, deadlineMs: number): Promise<Sent> {
    return this.send("POST", path, body, caller, deadlineMs, "application/octet-stream");
  }

  /** Reads a file from another of the subgraph's addresses; the answer is handed on as it is. */
  readFile(path: string, caller: SubgraphCaller, deadlineMs: number): Promise<Sent> {
    return this.send("GET", path, undefined, caller, deadlineMs);
  }

  /** A subgraph of somebody else's need not say; it is asked again after a while. */
  async dataVersions(): Promise<SaidVersions> {
    if (Date.now() < this.saysNothingUntil) return {};
    const sent = await this.guard.ask(true, this.deadlineMs, async (withinMs) => {
      const answer = await this.send("GET", "/data-versions", undefined, NOBODY, withinMs);
      // Or a subgraph that answers nothing but 500 would be taken for one that has recovered.
      return "status" in answer && answer.status >= 500
        ? { fault: badStatus(answer.status) }
        : answer;
    });
    if ("fault" in sent) return { isSilent: sent.fault.reason === "TIMEOUT" };
    try {
      const { versions } = JSON.parse(sent.bytes.toString("utf8")) as { versions?: unknown };
      return { text: versionText(versions) };
    } catch {
      this.saysNothingUntil = Date.now() + SAYS_NOTHING_MS;
      return {};
    }
  }

  async publishedChanges(after: Positions): Promise<Published> {
    const path = `/published-changes?after=${encodeURIComponent(JSON.stringify(after))}`;
    const sent = await this.guard.ask(true, this.deadlineMs, (withinMs) =>
      this.send("GET", path, undefined, NOBODY, withinMs),
    );
    if ("fault" in sent || sent.status !== 200) return {};
    try {
      return publishedShape.parse(JSON.parse(sent.bytes.toString("utf8"))).published;
    } catch {
      return {};
    }
  }

  /** Whether it is asked at present. */
  get guardState(): SubgraphGuard["state"] {
    return this.guard.state;
  }

  /** Breaks off what is still under way: by now nobody waits for it. */
  close(): Promise<void> {
    return this.pool.destroy();
  }

  /** Below undici's own `request`, whose streams cost more than small answers do. */
  private send(
    method: "GET" | "POST",
    path: string,
    body: Buffer | undefined,
    { headers, viewer }: SubgraphCaller,
    deadlineMs: number,
    contentType = "application/json",
  ): Promise<Sent> {
    return new Promise((resolve) => {
      const received = new Receiving(resolve, deadlineMs, this.underWay);
      // As a flat list, which undici reads faster than an object.
      const sent = ["content-type", contentType, "accept", ACCEPTED];
      for (const name in headers) sent.push(name, headers[name]!);
      if (viewer)
        for (const pair of Object.entries(this.sign(body ?? "", viewer, queryOf(path))))
          sent.push(...pair);
      try {
        this.pool.dispatch({ path, method, headers: sent, body: body ?? null }, received);
      } catch (error) {
        received.onResponseError(undefined, error);
      }
    });
  }
}

const queryOf = (path: string) => (path.includes("?") ? path.slice(path.indexOf("?") + 1) : "");

/** Gathers one answer, at most until the deadline. */
class Receiving implements Dispatcher.DispatchHandler {
  private readonly deadline: Deadline;
  private readonly chunks: Buffer[] = [];
  private request: Dispatcher.DispatchController | undefined;
  private status = 0;
  private bytes = 0;
  private isOver = false;

  constructor(
    private readonly settle: (sent: Sent) => void,
    deadlineMs: number,
    /** Of all answers of the subgraph. */
    private readonly underWay: { bytes: number },
  ) {
    this.deadline = new Deadline(deadlineMs, () => this.giveUp(timedOut(deadlineMs)));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.request = controller;
    // The connection took longer to open than anybody waited.
    if (this.isOver) controller.abort(new Error("deadline"));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    this.underWay.bytes += chunk.length;
    if (this.underWay.bytes > MAX_BYTES_AT_ONCE) this.giveUp(OVERLOADED);
  }

  onResponseEnd(): void {
    this.end();
    const { chunks, status } = this;
    this.settle({ status, bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) });
  }

  onResponseError(_controller: unknown, error: unknown): void {
    this.end();
    this.settle({ fault: brokenConnection(error) });
  }

  private giveUp(fault: Fault): void {
    this.settle({ fault });
    this.end();
    this.request?.abort(new Error(fault.reason));
  }

  private end(): void {
    this.isOver = true;
    this.deadline.clear();
    this.underWay.bytes -= this.bytes;
    this.bytes = 0;
  }
}

/** A GraphQL body counts whatever its status, since request errors come with 4xx; anything else is a fault. */
function readReply(
  { status, bytes }: Answered,
  isCarried: boolean,
): Reply & Pick<Partial<CarriedJson>, "isRespelt"> {
  const { value, isRespelt = false, isUnescaped = false } = readValue(bytes, isCarried);
  if (isGraphQLBody(value)) {
    const { data, errors } = value;
    return isCarried && errors
      ? { body: { data, errors: told(errors) }, isRespelt, isUnescaped }
      : { body: value, isRespelt, isUnescaped };
  }
  if (status < 200 || status > 299) return { fault: badStatus(status) };
  return {
    fault: invalidResponse(`HTTP ${status}, ${bytes.length} bytes that are no GraphQL response`),
  };
}

function readValue(bytes: Buffer, isCarried: boolean): Partial<CarriedJson> {
  try {
    return isCarried ? readCarriedJson(bytes) : { value: JSON.parse(bytes.toString("utf8")) };
  } catch {
    return {};
  }
}

function isGraphQLBody(body: unknown): body is GraphQLBody {
  if (!isObject(body)) return false;
  const { data, errors } = body;
  const errorsAreErrors = Array.isArray(errors) && errors.every(isError);
  if (errors !== undefined && errors !== null && !errorsAreErrors) return false;
  if (isObject(data)) return true;
  return (data === undefined || data === null) && errorsAreErrors && errors.length > 0;
}

const isError = (error: unknown): boolean => {
  if (!isObject(error) || typeof error.message !== "string") return false;
  const { path, extensions } = error;
  const isPath =
    path === undefined || path === null || (Array.isArray(path) && path.every(isPathStep));
  return isPath && (extensions === undefined || extensions === null || isObject(extensions));
};

const isPathStep = (step: unknown): boolean => typeof step === "string" || typeof step === "number";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
