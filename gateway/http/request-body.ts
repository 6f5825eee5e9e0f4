import type { IncomingMessage, ServerResponse } from "node:http";

/** What a body may take without asking whether there is room; nearly all operations are shorter. */
export const ALWAYS_ROOM_FOR = 64 * 1024;
const MAX_HELD = 128 * 1024 * 1024;

/** The client broke off before it had sent its request whole: nobody is left to be answered. */
export class ClientGone extends Error {}

/** Others' long bodies fill what memory there is for them. */
export class NoRoom extends Error {}

/** Bytes beyond what there is always room for, of all requests that are not yet answered. */
let held = 0;

const BODY = Symbol("body");

type Read = IncomingMessage & { [BODY]?: Promise<Buffer | null> };

/**
 * The whole body, or null as soon as it is longer than the limit. Who asks a second time is given what came the first time.
 * @throws ClientGone, NoRoom
 */
export function readBody(
  request: Read,
  response: ServerResponse,
  limit: number,
): Promise<Buffer | null> {
  return (request[BODY] ??= receive(request, response, limit));
}

function readNoMore(request: IncomingMessage, chunks: Buffer[]): void {
  request.pause().removeAllListeners("data");
  chunks.length = 0;
}

function receive(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let holds = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        readNoMore(request, chunks);
        return resolve(null);
      }
      chunks.push(chunk);
      if (length <= ALWAYS_ROOM_FOR) return;
      const more = length - ALWAYS_ROOM_FOR - holds;
      if (held + more > MAX_HELD) {
        readNoMore(request, chunks);
        return reject(new NoRoom());
      }
      if (holds === 0) response.once("close", () => (held -= holds));
      holds += more;
      held += more;
    });
    request.once("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once("error", () => reject(new ClientGone()));
    // Every request is closed at last; an error costs more than most of what is done for one.
    request.once("close", () => request.complete || reject(new ClientGone()));
  });
}
