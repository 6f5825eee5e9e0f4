import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Answers a question once and then from memory, so that what is measured is the gateway. */
export function replaying(answer: (body: string) => Promise<string>) {
  const known = new Map<string, Buffer>();
  return async (body: string): Promise<Buffer> => {
    const answered = known.get(body);
    if (answered) return answered;
    const first = Buffer.from(await answer(body));
    if (known.size < 5000) known.set(body, first);
    return first;
  };
}

/** Serves what `answer` says to a request's body; returns the address. */
export async function serveReplay(answer: (body: string) => Promise<string>): Promise<string> {
  const replay = replaying(answer);
  const versions = Buffer.from(JSON.stringify({ versions: { bench: "1" } }));
  const server = createServer((request, response) => {
    void text(request)
      .then((body) => (request.method === "GET" ? versions : replay(body)))
      .then((body) => {
        response.writeHead(200, {
          "content-type": "application/json; charset=utf-8",
          "content-length": body.length,
        });
        response.end(body);
      });
  });
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}
