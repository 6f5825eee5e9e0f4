import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { PassThrough } from "node:stream";
import { setImmediate, setTimeout } from "node:timers/promises";
import { breakOffSlowReaders } from "../../gateway/limits/slow-readers";
import { NoRoom, readBody } from "../../gateway/http/request-body";
import { readEnvironment } from "../../gateway/environment";
import { startSmallGateway, type SmallGateway } from "../testkit/small-gateway";
import { startSmallHub, type SmallHub } from "../testkit/small-hub";

const PLACES = 3;
const MEGABYTE = 2 ** 20;
const NAMED = { museums: [{ name: "Bảo tàng tỉnh" }] };
const HEAD = "POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\n";

let hub: SmallHub;
let gateway: SmallGateway;
const sockets: Socket[] = [];
beforeEach(async () => {
  hub = await startSmallHub();
  const admission = { ...readEnvironment({}).admission, maxRequestsAtOnce: PLACES };
  gateway = await startSmallGateway(hub, { settings: { admission, clientDeadlineMs: 1500 } });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await gateway.stop();
  await hub.stop();
});

async function open(): Promise<Socket> {
  const socket = connect(gateway.port, "127.0.0.1").on("error", () => {});
  sockets.push(socket);
  await once(socket, "connect");
  return socket;
}

/** What the gateway sends until it closes the connection. */
async function untilClosed(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(socket, "close");
  return text;
}

const errorsLogged = () => gateway.logged.filter(({ level }) => level >= 50);

it("A client that sends its headers slowly is broken off", async () => {
  const socket = await open();
  socket.write("POST /graphql HTTP/1.1\r\nhost: ");

  expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 408 /u);
});

it("Clients that send their bodies slowly keep nobody out, and are broken off", async () => {
  const slow = await Promise.all(Array.from({ length: PLACES + 2 }, open));
  for (const socket of slow) socket.write(`${HEAD}content-length: 9999\r\n\r\n{`);
  // Each is known to have been read when the next on its connection would be.
  await gateway.visit("/health/live");

  const other = await gateway.ask("{ museums { name } }");
  const told = await Promise.all(slow.map(untilClosed));

  expect(other.data).toEqual(NAMED);
  for (const text of told) expect(text).toMatch(/^HTTP\/1\.1 408 /u);
  expect(errorsLogged()).toEqual([]);
});

it("A client that goes away in the middle of its body is not taken for a fault of the gateway", async () => {
  const socket = await open();
  socket.write(`${HEAD}content-length: 9999\r\n\r\n{`);
  await gateway.visit("/health/live");
  socket.destroy();

  const other = await gateway.ask("{ museums { name } }");

  expect(other.data).toEqual(NAMED);
  expect(errorsLogged()).toEqual([]);
});

describe("An answer that is too large for the connection to hold", () => {
  const ANSWER = Buffer.alloc(24 * MEGABYTE, 0x20);

  /** A server of which clients have to take a megabyte every 100 ms. */
  async function serve() {
    let isClosed = false;
    const server = createServer((_request, response) => {
      response.once("close", () => (isClosed = true));
      response.end(ANSWER);
    });
    server.once("close", breakOffSlowReaders(server, 100));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { server, isClosed: () => isClosed, port: (server.address() as AddressInfo).port };
  }

  it("is not kept for a client that does not take it", async () => {
    const { server, isClosed, port } = await serve();
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    socket.pause().write("GET / HTTP/1.1\r\nhost: hub\r\n\r\n");

    while (!isClosed()) await setTimeout(20);
    let length = 0;
    socket.on("data", (chunk: Buffer) => (length += chunk.length)).resume();
    await once(socket, "close");
    await new Promise((resolve) => server.close(resolve));

    expect(length).toBeLessThan(ANSWER.length);
  });

  it("is kept for one that takes it, though not all at once", async () => {
    const { server, port } = await serve();
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n");
    let length = 0;
    socket.on("data", (chunk: Buffer) => (length += chunk.length));
    const pausing = setInterval(() => (socket.isPaused() ? socket.resume() : socket.pause()), 5);

    await once(socket, "close");
    clearInterval(pausing);
    await new Promise((resolve) => server.close(resolve));

    expect(length).toBeGreaterThan(ANSWER.length);
  });
});

describe("Long bodies", () => {
  const PART = Buffer.alloc(16 * MEGABYTE);
  /** A request of which so many parts have come, and the answer to it. */
  const send = (parts: number) => {
    const request = new PassThrough({ highWaterMark: 256 * MEGABYTE });
    const response = new EventEmitter();
    const body = readBody(
      Object.assign(request, { headers: {} }) as unknown as IncomingMessage,
      response as ServerResponse,
      64 * MEGABYTE,
    );
    for (let part = 0; part < parts; part += 1) request.write(PART);
    return { body, finish: () => request.end(), answered: () => response.emit("close") };
  };

  it("are refused once others' fill what memory there is for them, until those are answered", async () => {
    const large = [send(4), send(4)];
    await setImmediate();
    const small = send(0);
    small.finish();

    await expect(send(1).body).rejects.toThrow(NoRoom);
    expect(await small.body).toHaveLength(0);

    large[0]!.answered();
    const next = send(1);
    next.finish();
    expect(await next.body).toHaveLength(16 * MEGABYTE);
    for (const each of [large[1]!, next]) each.answered();
    for (const each of large) each.finish();
  });
});
