import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** What a client accepts, as far as answers in parts are concerned. */
export interface Accepted {
  /** The media type in which parts may be sent; undefined: in none that is spoken here. */
  multipart: string | undefined;
  /** All else that is accepted; undefined: nothing is said of it. */
  rest: string | undefined;
}

/** Of Apollo's format, which is also sent to who asks for no format in particular. */
const FORMAT = "deferSpec=20220824";

export function readAccepted(accept: string | undefined): Accepted {
  if (accept?.includes("multipart/mixed") !== true) return { multipart: undefined, rest: accept };
  const ranges = accept.split(",").map((range) => range.trim());
  const isMultipart = (range: string) => /^multipart\/mixed\s*(;|$)/u.test(range);
  const isSpoken = (range: string) =>
    !/;\s*(deferSpec|incrementalSpec|subscriptionSpec)=/u.test(range) || range.includes(FORMAT);
  const spoken = ranges.find((range) => isMultipart(range) && isSpoken(range));
  const rest = ranges.filter((range) => !isMultipart(range)).join(",");
  return {
    multipart: spoken && `multipart/mixed; boundary="-"; ${FORMAT}`,
    rest: rest === "" ? undefined : rest,
  };
}

/** Sends each part as soon as it is there, and no faster than the client reads; without the client no more are made. */
export async function sendParts(
  response: ServerResponse,
  contentType: string,
  parts: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  response.writeHead(200, {
    "content-type": contentType,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.flushHeaders();
  response.write("\r\n---\r\n");
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  for await (const part of parts) {
    if (response.destroyed) return;
    const isLast = part.endsWith('"hasNext":false}');
    const written = response.write(
      `content-type: application/json; charset=utf-8\r\n\r\n${part}\r\n---${isLast ? "--" : ""}\r\n`,
    );
    if (!written && !isLast)
      await once(response, "drain", { signal: gone.signal }).catch(() => undefined);
  }
  response.end();
}
