import type { IncomingMessage, ServerResponse } from "node:http";

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
    "x-content-type-options": "nosniff",
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
  const code = status < 500 ? "BAD_REQUEST" : "INTERNAL_SERVER_ERROR";
  const body = { errors: [{ message: `${vietnamese} / ${english}`, extensions: { code } }] };
  const type = "application/json; charset=utf-8";
  send(response, status, type, `${JSON.stringify(body)}\n`, {
    "cache-control": "no-store",
    ...headers,
  });
}

export const refuseMethod = (response: ServerResponse, allow: string): void =>
  refuse(response, 405, `Chỉ nhận phương thức ${allow}.`, `Only ${allow} is accepted here.`, {
    allow,
  });

/** The whole body, or null as soon as it is longer than the limit. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
