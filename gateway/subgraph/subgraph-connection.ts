import { Pool } from "undici";
import { z } from "zod";
import type { Viewer } from "../../access/viewer";
import { isAbandoned, type RequestContext, type SubgraphCaller } from "../request-context";
import {
  versionText,
  type Positions,
  type Published,
  type Question,
  type Reply,
  type SaidVersions,
  type Subgraph,
} from "./subgraph";
import { ABANDONED, badStatus, timedOut } from "./subgraph-fault";
import { bytesOfCarried } from "../http/carried-text";
import { MAX_ANSWER_BYTES, Receiving, type Answered, type Sent } from "./receiving";
import { readReply } from "./graphql-reply";
import { SubgraphGuard } from "./subgraph-guard";

export type Signer = (
  body: string | Buffer,
  viewer: Viewer,
  query: string,
) => Record<string, string>;

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
    if (Date.now() < this.saysNothingUntil) return { isMute: true };
    const sent = await this.guard.ask(true, this.deadlineMs, async (withinMs) => {
      const answer = await this.send("GET", "/data-versions", undefined, NOBODY, withinMs);
      // Or a subgraph that answers nothing but 500 would be taken for one that has recovered.
      return "status" in answer && answer.status >= 500
        ? { fault: badStatus(answer.status) }
        : answer;
    });
    if ("fault" in sent) return { isSilent: sent.fault.reason === "TIMEOUT" };
    const versions = readVersions(sent);
    if (versions !== undefined) return { text: versionText(versions) };
    this.saysNothingUntil = Date.now() + SAYS_NOTHING_MS;
    return { isMute: true };
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

/** Undefined for what a server says that knows nothing of versions. */
function readVersions({ bytes }: Answered): unknown {
  try {
    return (JSON.parse(bytes.toString("utf8")) as { versions?: unknown }).versions;
  } catch {
    return undefined;
  }
}

const queryOf = (path: string) => (path.includes("?") ? path.slice(path.indexOf("?") + 1) : "");
