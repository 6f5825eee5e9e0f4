import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout } from "node:timers/promises";

/** What can befall a service that is asked over HTTP; each keeps to itself and to the client that asked. */
export const FAULTS = [
  "refuses connections",
  "resets connections",
  "hangs",
  "hangs in the middle of its answer",
  "drips its answer byte by byte",
  "answers 500",
  "answers 503",
  "answers garbage",
  "is cut off in the middle of its answer",
  "leaves out what was asked for",
  "answers in a wrong shape",
  "answers without end",
  "has an older schema",
] as const;

export type FaultName = (typeof FAULTS)[number];

/** The reasons of which the gateway must give one for each. */
export const REASONS: Readonly<Record<FaultName, readonly string[]>> = {
  "refuses connections": ["REFUSED"],
  "resets connections": ["RESET"],
  hangs: ["TIMEOUT"],
  "hangs in the middle of its answer": ["TIMEOUT"],
  "drips its answer byte by byte": ["TIMEOUT"],
  "answers 500": ["HTTP_STATUS"],
  "answers 503": ["HTTP_STATUS"],
  "answers garbage": ["INVALID_RESPONSE"],
  "is cut off in the middle of its answer": ["RESET"],
  "leaves out what was asked for": ["INVALID_RESPONSE"],
  "answers in a wrong shape": ["INVALID_RESPONSE"],
  // Sixteen megabytes or the deadline: a busy machine comes to the latter first.
  "answers without end": ["INVALID_RESPONSE", "TIMEOUT"],
  "has an older schema": ["STALE_SCHEMA"],
};

export interface FaultyFront {
  /** Stands for the target's address, path included. */
  url: string;
  /** @param times after so many faulty answers it mends itself; left out: never. */
  break(fault: FaultName, times?: number): Promise<void>;
  mend(): Promise<void>;
  /** How many requests have come. */
  asked(): number;
  stop(): Promise<void>;
}

/** Stands before any GraphQL endpoint: passes everything on until it is broken, and again once it is mended. */
export async function openFaultyFront(target: string): Promise<FaultyFront> {
  const sockets = new Set<Socket>();
  let fault: FaultName | undefined;
  let left = Infinity;
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if ((left -= 1) < 0) fault = undefined;
    answer(target, fault, request, response).catch(() => response.destroy());
  });
  // As the hub's own subgraphs: else a connection may be closed just when the gateway writes to it.
  server.keepAliveTimeout = 65_000;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    sockets.forEach((socket) => socket.destroy());
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(target).pathname}`,
    break: async (name, times = Infinity) => {
      fault = name;
      left = times;
      if (name === "refuses connections") await close();
    },
    mend: async () => {
      fault = undefined;
      if (!server.listening) await listen(port);
    },
    asked: () => asked,
    stop: async () => {
      if (server.listening) await close();
    },
  };
}

async function answer(
  target: string,
  fault: FaultName | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (fault === "resets connections") return void request.socket.resetAndDestroy();
  if (fault === "hangs") return;
  if (fault === "answers 500") return void response.writeHead(500).end("Internal Server Error");
  if (fault === "answers 503") return void response.writeHead(503).end("Service Unavailable");
  if (fault === "answers without end") return void pour(response);
  if (fault === "has an older schema")
    return void response
      .writeHead(400, { "content-type": "application/json" })
      .end(JSON.stringify({ errors: [UNKNOWN_FIELD] }));
  if (fault === "answers garbage") return void response.writeHead(200).end("<html>Bảo trì</html>");

  const whole = await ask(target, request);
  if (fault === "leaves out what was asked for")
    return sendJson(response, whole, leaveOut(JSON.parse(whole.text)));
  if (fault === "answers in a wrong shape")
    return sendJson(response, whole, misshape(JSON.parse(whole.text)));
  const bytes = Buffer.from(whole.text);
  response.writeHead(whole.status, { "content-type": whole.type, "content-length": bytes.length });
  if (fault === undefined) return void response.end(bytes);
  if (fault === "drips its answer byte by byte") return drip(response, bytes);
  response.write(bytes.subarray(0, bytes.length >> 1), () => {
    if (fault === "is cut off in the middle of its answer") response.destroy();
  });
}

/** As a server says of a field that its schema does not have, before anything is executed. */
const UNKNOWN_FIELD = {
  message: 'Cannot query field "opened" on type "Museum".',
  locations: [{ line: 1, column: 3 }],
  extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
};

/** A megabyte at a time, until nobody listens. */
function pour(response: ServerResponse): void {
  const megabyte = Buffer.alloc(2 ** 20, 0x20);
  const more = () => {
    if (response.destroyed) return;
    response.write(megabyte, () => setImmediate(more));
  };
  response.writeHead(200, { "content-type": "application/json" });
  more();
}

async function drip(response: ServerResponse, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    // Of no answer, however short, may the last byte come before a deadline.
    await setTimeout(100);
  }
  response.end();
}

interface Whole {
  status: number;
  type: string;
  text: string;
}

async function ask(target: string, request: IncomingMessage): Promise<Whole> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const passedOn = Object.entries(request.headers).filter(([name]) => !UNFIT.has(name)) as Array<
    [string, string]
  >;
  const { method } = request;
  const body = method === "POST" ? Buffer.concat(chunks) : undefined;
  const reply = await fetch(new URL(request.url!, target), {
    method,
    headers: Object.fromEntries(passedOn),
    body,
  });
  return {
    status: reply.status,
    type: reply.headers.get("content-type") ?? "",
    text: await reply.text(),
  };
}

const UNFIT = new Set(["host", "connection", "content-length", "transfer-encoding", "keep-alive"]);

interface Body {
  data?: Record<string, unknown> | null;
}

function sendJson(response: ServerResponse, { status, type }: Whole, body: Body): void {
  response.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
}

/** Valid JSON without the last key of the root, or of each entity. */
function leaveOut(body: Body): Body {
  const parts = (body.data?._entities as Array<Record<string, unknown> | null> | undefined) ?? [
    body.data,
  ];
  for (const part of parts) if (part) delete part[Object.keys(part).at(-1)!];
  return body;
}

/** The entities as an object instead of a list; every root field as text. */
function misshape(body: Body): Body {
  for (const key of Object.keys(body.data ?? {}))
    body.data![key] = key === "_entities" ? { 0: null } : "wrong";
  return body;
}
