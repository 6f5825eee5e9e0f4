import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What can befall a service that is asked over HTTP; each keeps to itself and to the client that asked. */
export const FAULTS = [
  "refuses connections",
  "resets connections",
  "hangs",
  "hangs in the middle of its answer",
  "answers 500",
  "answers garbage",
  "is cut off in the middle of its answer",
  "leaves out what was asked for",
  "answers in a wrong shape",
] as const;

export type FaultName = (typeof FAULTS)[number];

/** The reason that the gateway must give for each. */
export const REASONS: Readonly<Record<FaultName, string>> = {
  "refuses connections": "REFUSED",
  "resets connections": "RESET",
  hangs: "TIMEOUT",
  "hangs in the middle of its answer": "TIMEOUT",
  "answers 500": "HTTP_STATUS",
  "answers garbage": "INVALID_RESPONSE",
  "is cut off in the middle of its answer": "RESET",
  "leaves out what was asked for": "INVALID_RESPONSE",
  "answers in a wrong shape": "INVALID_RESPONSE",
};

export interface FaultyFront {
  /** Stands for the target's address, path included. */
  url: string;
  break(fault: FaultName): Promise<void>;
  mend(): Promise<void>;
  stop(): Promise<void>;
}

/** Stands before any GraphQL endpoint: passes everything on until it is broken, and again once it is mended. */
export async function openFaultyFront(target: string): Promise<FaultyFront> {
  const sockets = new Set<Socket>();
  let fault: FaultName | undefined;
  const server = createServer((request, response) => {
    answer(target, fault, request, response).catch(() => response.destroy());
  });
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
    break: async (name) => {
      fault = name;
      if (name === "refuses connections") await close();
    },
    mend: async () => {
      fault = undefined;
      if (!server.listening) await listen(port);
    },
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
  if (fault === "answers garbage") return void response.writeHead(200).end("<html>Bảo trì</html>");

  const whole = await ask(target, request);
  if (fault === "leaves out what was asked for")
    return sendJson(response, whole, leaveOut(JSON.parse(whole.text)));
  if (fault === "answers in a wrong shape")
    return sendJson(response, whole, misshape(JSON.parse(whole.text)));
  const bytes = Buffer.from(whole.text);
  response.writeHead(whole.status, { "content-type": whole.type, "content-length": bytes.length });
  if (fault === undefined) return void response.end(bytes);
  response.write(bytes.subarray(0, bytes.length >> 1), () => {
    if (fault === "is cut off in the middle of its answer") response.destroy();
  });
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
  const reply = await fetch(target, { method, headers: Object.fromEntries(passedOn), body });
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
