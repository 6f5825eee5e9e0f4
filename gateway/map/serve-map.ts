import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { send } from "../http/http-answer";
import type { MapFile } from "./map-file";

/** Answers the operator's map; nothing (204) where none was supplied, for that is no mistake of whoever asks. */
export function answerMap(
  map: MapFile | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (map === undefined) {
    response.writeHead(204).end();
    return;
  }
  const etag = `"${createHash("sha256").update(map.geoJson).digest("base64url")}"`;
  const headers = { etag, "cache-control": "no-cache" };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  send(response, 200, "application/geo+json", map.geoJson, headers);
}
