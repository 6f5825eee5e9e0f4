import { Pool } from "undici";
import {
  badStatus,
  brokenConnection,
  invalidResponse,
  timedOut,
  type Fault,
} from "./subgraph-fault";

/** The body of a GraphQL response as a subgraph sent it; nothing inside `data` has been looked at yet. */
export interface GraphQLBody {
  data?: Record<string, unknown> | null;
  errors?: SubgraphError[];
}

export interface SubgraphError {
  message: string;
  path?: ReadonlyArray<string | number>;
  extensions?: Record<string, unknown>;
}

export type Reply = { body: GraphQLBody } | { fault: Fault };

/** Far above any real answer, and low enough that a subgraph gone mad cannot eat the gateway's memory. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const CONNECTIONS = 128;

/** Keep-alive connections to one subgraph. It never throws for what the subgraph or the network does. */
export class SubgraphConnection {
  private readonly pool: Pool;
  private readonly path: string;

  constructor(
    readonly url: string,
    private readonly deadlineMs: number,
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

  /** Sends one operation and waits for its whole answer, at most until the deadline. */
  async post(
    operation: { query: string; variables?: object; operationName?: string },
    headers: Readonly<Record<string, string>>,
    deadlineMs = this.deadlineMs,
  ): Promise<Reply> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), deadlineMs);
    try {
      const { statusCode, body } = await this.pool.request({
        path: this.path,
        method: "POST",
        headers: {
          ...headers,
          "content-type": "application/json",
          accept: "application/graphql-response+json, application/json;q=0.9",
        },
        body: JSON.stringify(operation),
        signal: deadline.signal,
      });
      return readReply(statusCode, await body.text());
    } catch (error) {
      return { fault: deadline.signal.aborted ? timedOut(deadlineMs) : brokenConnection(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Breaks off what is still under way: by now nobody waits for it. */
  close(): Promise<void> {
    return this.pool.destroy();
  }
}

/** A GraphQL body counts whatever its status, since request errors come with 4xx; anything else is a fault. */
function readReply(status: number, text: string): Reply {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  if (isGraphQLBody(body)) return { body };
  if (status < 200 || status > 299) return { fault: badStatus(status) };
  return {
    fault: invalidResponse(
      `HTTP ${status}, ${text.length} characters that are no GraphQL response`,
    ),
  };
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
