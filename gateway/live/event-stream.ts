import type { ServerResponse } from "node:http";

/** What is sent and not yet read, in bytes, before a reader counts as too slow. */
const MOST_UNREAD = 256 * 1024;

/** Server-sent events as `graphql-sse` reads them, one operation for each connection. */
export class EventStream {
  constructor(private readonly response: ServerResponse) {
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      // A proxy that gathers what it passes on would keep it to itself.
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    });
  }

  /** @param id given back as `Last-Event-ID` by who connects again. */
  next(result: object, id?: string): void {
    const named = id === undefined ? "" : `id: ${id}\n`;
    this.write(`event: next\n${named}data: ${JSON.stringify(result)}\n\n`);
  }

  /** Keeps proxies from taking the connection for a dead one, and tells where the reader stands. */
  beat(id?: string): void {
    this.write(id === undefined ? ":\n\n" : `:\nid: ${id}\n\n`);
  }

  /** Says that no more will come. Without it a reader connects again. */
  complete(): void {
    this.write("event: complete\ndata:\n\n");
    this.response.end();
  }

  end(): void {
    this.response.end();
  }

  private write(text: string): void {
    const { response } = this;
    if (response.destroyed || response.writableEnded) return;
    if (response.writableLength > MOST_UNREAD) response.destroy();
    else response.write(text);
  }
}
