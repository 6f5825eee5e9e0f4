import type { IncomingMessage, ServerResponse } from "node:http";
import {
  getOperationAST,
  GraphQLError,
  parse,
  subscribe,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import { AccessRefused } from "../../access/access-refused";
import { noteOperation } from "../../telemetry/observed-request";
import type { Asked } from "../execution/executor";
import { clientName, fieldsSelected } from "../field-usage";
import type { GraphQLParts } from "../graphql-endpoint";
import { nameQuery, readAsked, readJson, refuseNesting } from "../http/graphql-request";
import { refuse, refuseMethod } from "../http/http-answer";
import { isNestedTooDeep } from "../limits/json-nesting";
import { readViewer, whoAsks } from "../viewer";
import type { ChangeFeed } from "./change-feed";
import { EventStream } from "./event-stream";
import type { FigureChanges } from "./figure-changes";

export interface LiveSettings {
  /** All together; 0: nobody may subscribe. */
  maxSubscribers: number;
  /** For one client. */
  subscribersPerClient: number;
}

const RETRY_AFTER = { "retry-after": "10" };

/** Answers `text/event-stream`: one subscription for each connection, until the client leaves or its token expires. */
export class LiveEndpoint {
  private readonly openByClient = new Map<string, number>();
  private open = 0;
  private isClosed = false;

  constructor(
    private readonly feed: ChangeFeed,
    private readonly changes: FigureChanges,
    private readonly settings: LiveSettings,
    private readonly beatMs: number,
  ) {}

  /** How many are told of changes at present. */
  get size(): number {
    return this.open;
  }

  /** Ends every stream, so that clients connect again elsewhere. */
  close(): void {
    this.isClosed = true;
    this.feed.close();
  }

  /** @param client whoever the request comes from, for the bound on streams of one client. */
  async answer(
    parts: GraphQLParts,
    client: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { method = "" } = request;
    if (method !== "POST" && method !== "GET") return refuseMethod(response, "GET, POST");
    if (!this.enter(client, response)) return parts.metrics?.refused("subscriptions");
    const viewer = await readViewer(parts, request, response);
    if (viewer === undefined) return;
    const asked = await readSubscription(parts, request, response);
    if (asked === undefined) return;
    const told = measure(parts, asked, response);
    const mayAskAnything = viewer !== null || parts.anonymousOperations === "any";
    if (!mayAskAnything && !parts.documents.has(asked.query)) {
      refuse(
        response,
        403,
        "Khi không đăng nhập chỉ được gửi truy vấn đã công bố.",
        "Without a token only published operations may be asked.",
      );
      return told(true);
    }
    const document = prepare(parts, asked);
    if (Array.isArray(document)) {
      tellErrors(response, document);
      return told(true);
    }
    const fields = fieldsSelected(parts.gateway.clientSchema!, document);
    parts.metrics?.fields.count(clientName(request.headers, viewer), fields);
    await this.stream(parts, asked, document, told, request, response);
  }

  private async stream(
    parts: GraphQLParts,
    asked: Asked,
    document: DocumentNode,
    told: Told,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const lastEventId = request.headers["last-event-id"];
    const subscription = this.changes.begin(lastEventId?.toString());
    response.once("close", () => subscription.end());
    const results = await subscribe({
      schema: parts.gateway.clientSchema!,
      document,
      operationName: asked.operationName,
      variableValues: asked.variables,
      rootValue: subscription.root,
    });
    if (!(Symbol.asyncIterator in results)) {
      tellErrors(response, results.errors ?? []);
      return told(true);
    }
    if (response.destroyed) return subscription.end();
    const stream = new EventStream(response);
    stream.beat(subscription.standing);
    told(false);
    const beat = setInterval(() => {
      whoAsks(parts, request).then(
        () => stream.beat(subscription.standing),
        (error: unknown) => {
          if (error instanceof AccessRefused) stream.next({ errors: [error.toJSON()] });
          stream.complete();
          subscription.end();
        },
      );
    }, this.beatMs);
    try {
      for await (const result of results) stream.next(result, subscription.cursor);
    } finally {
      clearInterval(beat);
      stream.end();
    }
  }

  /** False once it has been refused. */
  private enter(client: string, response: ServerResponse): boolean {
    const { maxSubscribers, subscribersPerClient } = this.settings;
    const own = this.openByClient.get(client) ?? 0;
    if (this.isClosed || this.open >= maxSubscribers) {
      refuse(
        response,
        503,
        "Đã đủ số kết nối nhận tin; hãy thử lại sau.",
        "There is no room for another subscription; try again later.",
        RETRY_AFTER,
      );
      return false;
    }
    if (own >= subscribersPerClient) {
      refuse(
        response,
        429,
        `Quý vị đã mở ${own} kết nối nhận tin, tối đa ${subscribersPerClient}.`,
        `You have ${own} subscriptions open, at most ${subscribersPerClient}.`,
        RETRY_AFTER,
      );
      return false;
    }
    this.open += 1;
    this.openByClient.set(client, own + 1);
    response.once("close", () => {
      this.open -= 1;
      const left = this.openByClient.get(client)! - 1;
      if (left > 0) this.openByClient.set(client, left);
      else this.openByClient.delete(client);
    });
    return true;
  }
}

export const wantsEvents = ({ headers }: IncomingMessage): boolean =>
  (headers.accept ?? "").includes("text/event-stream");

type Told = (hasErrors: boolean) => void;

/** Counts the request once it is told how it begins: how long a stream lasts is its reader's affair. */
function measure({ metrics, documents }: GraphQLParts, { query }: Asked, response: ServerResponse) {
  const began = performance.now();
  const name = documents.nameOf(query);
  const outcome = { hasErrors: false };
  noteOperation(response, query, name, outcome);
  return (hasErrors: boolean) => {
    outcome.hasErrors = hasErrors;
    const seconds = (performance.now() - began) / 1000;
    metrics?.requestAnswered(name, response.statusCode, hasErrors, seconds);
  };
}

/** Undefined once a refusal has been sent. */
async function readSubscription(
  { documents }: GraphQLParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Asked | undefined> {
  let asked: Asked | undefined;
  if (request.method === "POST") {
    const read = await readJson(request, response);
    if (read === null) return undefined;
    if (nameQuery(documents, read) === undefined) asked = readAsked(read.body);
  } else {
    const { searchParams } = new URL(request.url ?? "/", "http://hub");
    if ([...searchParams.values()].some(isNestedTooDeep)) {
      refuseNesting(response);
      return undefined;
    }
    asked = readAsked(fromAddress(searchParams));
  }
  if (asked === undefined)
    refuse(response, 400, "Cần query là một chuỗi.", "A query is needed, as a string.");
  return asked;
}

/** `EventSource` of browsers can only `GET`. */
function fromAddress(given: URLSearchParams): unknown {
  try {
    const variables: unknown = JSON.parse(given.get("variables") ?? "{}");
    return { query: given.get("query"), operationName: given.get("operationName"), variables };
  } catch {
    return undefined;
  }
}

function prepare({ gateway, limits }: GraphQLParts, asked: Asked): DocumentNode | GraphQLError[] {
  const schema: GraphQLSchema = gateway.clientSchema!;
  const refused = limits.refuseText(asked.query);
  if (refused) return [refused];
  let document: DocumentNode;
  try {
    document = parse(asked.query);
  } catch (error) {
    if (error instanceof GraphQLError) return [coded(error, "GRAPHQL_PARSE_FAILED")];
    throw error;
  }
  const errors = validate(schema, document);
  if (errors.length > 0) return errors.map((each) => coded(each, "GRAPHQL_VALIDATION_FAILED"));
  if (getOperationAST(document, asked.operationName)?.operation === "subscription") return document;
  const message =
    "Qua text/event-stream chỉ trả lời subscription. / Only subscriptions are answered as text/event-stream.";
  return [new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } })];
}

const coded = ({ message, locations }: GraphQLError, code: string): GraphQLError =>
  Object.assign(
    new GraphQLError(message.replace(/ ?Did you mean .+\?$/su, ""), { extensions: { code } }),
    { locations },
  );

/** As `graphql-sse` tells what is wrong with an operation: a result that is also the last. */
function tellErrors(response: ServerResponse, errors: readonly GraphQLError[]): void {
  const stream = new EventStream(response);
  stream.next({ errors: errors.map((error) => error.toJSON()) });
  stream.complete();
}
