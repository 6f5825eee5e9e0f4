import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Gate {
  /** Stands for the target's address, path included. */
  url: string;
  /** From now on, requests whose body holds the text wait. */
  hold(part: string): void;
  /** Settles once a request waits. */
  waiting(): Promise<void>;
  /** How many requests have come whose body was passed on. */
  passed(): number;
  /** Lets through what waits, and all that comes. */
  release(): void;
  stop(): Promise<void>;
}

const signal = () => {
  let give = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
};

/** Stands before any endpoint and passes everything on, except what it holds back until it is told to let it go. */
export async function openGate(target: string): Promise<Gate> {
  let held: string | undefined;
  let released = signal();
  let isWaiting = signal();
  let passed = 0;
  const server = createServer((request, response) => {
    const pass = async () => {
      const body = await text(request);
      if (held !== undefined && body.includes(held)) {
        isWaiting.give();
        await released.given;
      }
      if (request.method === "POST") passed += 1;
      const { host: _host, connection: _connection, ...headers } = request.headers;
      delete headers["content-length"];
      const reply = await fetch(new URL(request.url!, target), {
        method: request.method!,
        headers: headers as Record<string, string>,
        ...(request.method === "POST" && { body }),
      });
      const type = reply.headers.get("content-type") ?? "";
      response.writeHead(reply.status, { "content-type": type }).end(await reply.text());
    };
    pass().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(target).pathname}`,
    hold: (part) => {
      held = part;
      released = signal();
      isWaiting = signal();
    },
    waiting: () => isWaiting.given,
    passed: () => passed,
    release: () => {
      held = undefined;
      released.give();
    },
    stop: async () => {
      released.give();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
