import type { IncomingMessage, ServerResponse } from "node:http";
import { ALWAYS_ROOM_FOR } from "./request-body";

export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    ...headers,
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

export const sendJson = (response: ServerResponse, status: number, body: unknown): void =>
  send(response, status, "application/json; charset=utf-8", `${JSON.stringify(body)}\n`, {
    "cache-control": "no-store",
  });

/** A refusal in the shape of a GraphQL error, so that one reader serves clients for everything that can go wrong. */
export function refuse(
  response: ServerResponse,
  status: number,
  vietnamese: string,
  english: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const code = CODES.get(status) ?? (status < 500 ? "BAD_REQUEST" : "INTERNAL_SERVER_ERROR");
  const body = { errors: [{ message: `${vietnamese} / ${english}`, extensions: { code } }] };
  const type = "application/json; charset=utf-8";
  send(response, status, type, `${JSON.stringify(body)}\n`, {
    "cache-control": "no-store",
    ...headers,
  });
}

const CODES: ReadonlyMap<number, string> = new Map([
  [401, "UNAUTHENTICATED"],
  [429, "TOO_MANY_REQUESTS"],
  [503, "OVERLOADED"],
]);

export const refuseMethod = (response: ServerResponse, allow: string): void =>
  refuse(response, 405, `Chỉ nhận phương thức ${allow}.`, `Only ${allow} is accepted here.`, {
    allow,
  });

/** The rest of the body is not worth reading, so the connection cannot be used again. */
const UNREAD = { connection: "close" };

export const refuseTooLong = (
  response: ServerResponse,
  vietnamese: string,
  english: string,
): void => refuse(response, 413, vietnamese, english, UNREAD);

/** Whoever is refused keeps his connection, for opening another costs more; unless he is about to send a long body. */
export const refuseOverload = (response: ServerResponse): void =>
  refuse(
    response,
    503,
    "Hệ thống đang quá tải; hãy thử lại sau 1 giây.",
    "The hub is overloaded; try again in 1 s.",
    { "retry-after": "1", ...(hasLongBody(response.req) && UNREAD) },
  );

const hasLongBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined ||
  Number(headers["content-length"] ?? 0) > ALWAYS_ROOM_FOR;
