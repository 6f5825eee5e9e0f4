import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { observeRequest } from "../telemetry/observed-request";
import type { Telemetry } from "../telemetry/telemetry";
import type { CatalogueParts } from "./catalogue/catalogue";
import { CATALOGUE, CATALOGUE_LINK } from "./catalogue/serve";
import { answerDashboard } from "./dashboard/serve";
import { answerImport, receiveImport } from "./exchange/import-endpoint";
import { answerTemplate } from "./exchange/template-endpoint";
import { answerGraphiQL, isGraphiQLAsset } from "./graphiql/serve";
import { answerGraphQL } from "./graphql-endpoint";
import { MAX_BODY_BYTES } from "./http/graphql-request";
import type { Admission, Refused } from "./limits/admission";
import type { RefusedConnections } from "./limits/refused-connections";
import { breakOffSlowReaders } from "./limits/slow-readers";
import type { WorkTurns } from "./limits/work-turns";
import { readReadiness } from "./health";
import type { MapFile } from "./map/map-file";
import { answerMap } from "./map/serve-map";
import { answerOData } from "./odata/odata-endpoint";
import { varyBy } from "./http/accepted-encoding";
import { refuse, refuseMethod, refuseOverload, sendJson } from "./http/http-answer";
import { ClientGone, NoRoom, readBody } from "./http/request-body";
import { wantsEvents, type LiveEndpoint } from "./live/live-endpoint";
import { createRequestContext } from "./request-context";
import { measured } from "./http/measured-route";
import { setSecurityHeaders } from "./http/security-headers";
import { answerRows } from "./rows/rows-endpoint";
import { answerSession } from "./session/session-endpoint";

/** Each costs some memory, whether or not it ever asks for anything. */
export const MAX_CONNECTIONS = 4096;

export interface HttpParts extends CatalogueParts, Telemetry {
  /** Who tells of changes. */
  live: LiveEndpoint;
  admission: Admission;
  refusedConnections: RefusedConnections;
  turns: WorkTurns;
  /** Whose pages may ask from a browser. */
  corsOrigins: readonly string[];
  /** How long a client may take to send its request whole, and then to take its answer. */
  clientDeadlineMs: number;
  /** Undefined where the operator supplied none. */
  map: MapFile | undefined;
}

/** The gateway's HTTP face; not yet listening. */
export function createHttpServer(parts: HttpParts): Server {
  const { clientDeadlineMs } = parts;
  const times = {
    requestTimeout: clientDeadlineMs,
    headersTimeout: clientDeadlineMs / 2,
    connectionsCheckingInterval: Math.min(1000, clientDeadlineMs / 2),
    // Longer than load balancers keep theirs, so that none sends into a connection that we are closing.
    keepAliveTimeout: 65_000,
  };
  const server = createServer(times, (request, response) => {
    setSecurityHeaders(response);
    observeRequest(parts, request, response, () => {
      route(parts, request, response).catch((error: unknown) => {
        if (error instanceof ClientGone) return void response.destroy();
        if (error instanceof NoRoom) {
          parts.metrics?.refused("bodies");
          return refuseOverload(response);
        }
        const requestId = response.getHeader("x-request-id");
        parts.log.error({ err: error, requestId }, "request failed");
        if (response.headersSent) response.destroy();
        else refuse(response, 500, "Lỗi bên trong cổng dữ liệu.", "Internal error of the gateway.");
      });
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.once("close", breakOffSlowReaders(server, clientDeadlineMs));
  return server;
}

async function route(
  parts: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0]!;
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (path === "/graphql") {
    const wantsPage = isRead && (request.headers.accept ?? "").includes("text/html");
    if (wantsPage) return answerGraphiQL(path, request, response, parts.log);
    if (wantsEvents(request)) return subscribed(parts, request, response);
  }
  if (path === "/") response.setHeader("link", CATALOGUE_LINK);
  const answer = answererOf(path, request.method);
  if (answer !== undefined) {
    if (letOtherOriginsIn(parts.corsOrigins, request, response)) return;
    return admitted(parts, request, response, answer);
  }
  if (path === "/session" || path.startsWith("/session/"))
    return admitted(parts, request, response, answerSession);
  if (path.startsWith("/import/")) return imported(parts, request, response);
  if (path.startsWith("/template/")) return admitted(parts, request, response, takeTemplate);
  const page = PAGES[path] ?? (isGraphiQLAsset(path) ? answerGraphiQLAsset : undefined);
  if (page === undefined && isRead && (await answerDashboard(path, request, response, parts.log)))
    return;
  if (page === undefined)
    return refuse(response, 404, "Không có trang này.", "There is nothing here.");
  if (!isRead) return refuseMethod(response, "GET, HEAD");
  return page(parts, request, response);
}

/** What answers with data, to whoever is let in. */
function answererOf(path: string, method: string | undefined): Page | undefined {
  if (path === "/graphql") return answerGraphQL;
  if (path in CATALOGUE && (method === "GET" || method === "HEAD")) return CATALOGUE[path];
  if (path.startsWith("/rows/")) return takeRows;
  return path === "/odata" || path.startsWith("/odata/") ? readOData : undefined;
}

/** Answers if there is room; whoever is refused is told when to come again. */
async function admitted(
  parts: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
  answer: Page,
): Promise<void> {
  const client = await letIn(parts, request, response);
  if (client === undefined) return;
  // A place is for what can be answered: clients that send slowly hold none meanwhile.
  if (request.method === "POST") await readBody(request, response, MAX_BODY_BYTES);
  return inPlace(parts, client, request, response, answer);
}

/** The same for a file: it is longer than any operation, and received only from somebody who has signed in. */
async function imported(
  parts: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const client = await letIn(parts, request, response);
  if (client === undefined) return;
  const file = await receiveImport(parts, request, response);
  if (file === undefined) return;
  const answer: Page = async () => answerImport(parts, file, response);
  return inPlace(parts, client, request, response, measured("/import", answer));
}

/** Who the client is, for the bounds on what one may ask; undefined once it has been refused. */
async function letIn(
  parts: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string | undefined> {
  const client = parts.admission.addressOf(request);
  const refused = await parts.admission.refuse(client);
  if (refused === undefined) return client;
  refuseEntry(parts, refused, response);
  return undefined;
}

/** Answers what has come whole, if there is still room. */
async function inPlace(
  parts: HttpParts,
  client: string,
  request: IncomingMessage,
  response: ServerResponse,
  answer: Page,
): Promise<void> {
  const { admission, turns } = parts;
  const late = admission.enter(client);
  if (late) return refuseEntry(parts, late, response);
  const place = new Place(admission, client);
  response.once("close", () => place.release());
  const turn = await turns.begin();
  try {
    // Whoever has gone meanwhile need not be answered.
    if (!request.socket.writableEnded) await answer(parts, request, response);
  } finally {
    turns.done(turn);
    place.release();
  }
}

/** Given up once neither client nor work is left: who goes away at once must not make room for more of it. */
class Place {
  private holders = 2;

  constructor(
    private readonly admission: Admission,
    private readonly client: string,
  ) {}

  release(): void {
    this.holders -= 1;
    if (this.holders === 0) this.admission.leave(this.client);
  }
}

/** Streams last, so they are counted by themselves and take up no room of questions. */
async function subscribed(
  parts: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (letOtherOriginsIn(parts.corsOrigins, request, response)) return;
  const client = await letIn(parts, request, response);
  if (client === undefined) return;
  return parts.live.answer(parts, client, request, response);
}

function refuseEntry(
  { metrics, refusedConnections }: HttpParts,
  { status, reason, retryAfterSeconds }: Refused,
  response: ServerResponse,
): void {
  metrics?.refused(reason);
  refusedConnections.add(response);
  if (status === 503) return refuseOverload(response);
  refuse(
    response,
    429,
    `Quý vị gửi quá nhiều yêu cầu; hãy thử lại sau ${retryAfterSeconds} giây.`,
    `You send too many requests; try again in ${retryAfterSeconds} s.`,
    { "retry-after": String(retryAfterSeconds) },
  );
}

/** Tells a browser whether a page of another origin may read the answer; true once that was all it wanted to know. */
function letOtherOriginsIn(
  origins: readonly string[],
  { headers: { origin }, method }: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (origins.length === 0) return false;
  varyBy(response, "origin");
  if (origin === undefined || !origins.includes(origin)) return false;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", "x-request-id, retry-after");
  if (method !== "OPTIONS") return false;
  response
    .writeHead(204, {
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers":
        "authorization, content-type, accept-language, last-event-id, x-request-id",
      "access-control-max-age": "86400",
    })
    .end();
  return true;
}

type Page = typeof route;

const takeRows: Page = measured("/rows", answerRows);
const readOData: Page = measured("/odata", answerOData);
const takeTemplate: Page = measured("/template", answerTemplate);

const answerGraphiQLAsset: Page = ({ log }, request, response) =>
  answerGraphiQL(request.url!, request, response, log);

const PAGES: Readonly<Record<string, Page>> = {
  "/map.geojson": async ({ map }, request, response) => answerMap(map, request, response),
  "/health/live": async (_parts, _request, response) => sendJson(response, 200, { live: true }),
  "/health/ready": async ({ gateway }, request, response) => {
    const { requestId } = createRequestContext(request.headers);
    const readiness = await readReadiness(gateway.subgraphs, requestId);
    sendJson(response, readiness.ready ? 200 : 503, readiness);
  },
};
