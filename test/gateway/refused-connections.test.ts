import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { RefusedConnections } from "../../gateway/limits/refused-connections";

const CLIENTS = 100;
const ROUNDS = 5;

let server: Server;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

it("Clients that ask again at once are read a few at a time, and every one in its turn", async () => {
  const refusedConnections = new RefusedConnections();
  const refusals = new Map<string, number>();
  /** In each turn of the event loop. */
  const inTurns: number[] = [];
  let inTurn = 0;
  server = createServer((request, response) => {
    const client = request.url!;
    const isLast = !refusals.has(client) && refusals.size === CLIENTS - 1;
    refusals.set(client, (refusals.get(client) ?? 0) + 1);
    // Connections are taken up one by one, so the first have asked often by then.
    if (isLast) for (const each of refusals.keys()) refusals.set(each, 0);
    if (inTurn === 0)
      setImmediate(() => {
        inTurns.push(inTurn);
        inTurn = 0;
      });
    inTurn += 1;
    refusedConnections.add(response);
    response.writeHead(503, { "content-length": 0 }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const fewest = () => Math.min(...refusals.values());
  await new Promise<void>((resolve) => {
    for (let client = 0; client < CLIENTS; client += 1) {
      const socket = connect(port, "127.0.0.1");
      const ask = () => socket.write(`GET /${client} HTTP/1.1\r\nhost: hub\r\n\r\n`);
      sockets.push(socket);
      socket.once("connect", ask).on("data", () => {
        if (refusals.size === CLIENTS && fewest() >= ROUNDS) resolve();
        else ask();
      });
    }
  });

  const later = inTurns.slice(-20);
  expect(fewest()).toBe(ROUNDS);
  expect(Math.max(...refusals.values())).toBeLessThanOrEqual(ROUNDS + 1);
  expect(later).toHaveLength(20);
  // Those that are read again in one turn may be heard in the next, with those of that.
  expect(Math.max(...later)).toBeLessThanOrEqual(16);
});

it("A client that waits as it was told is read as soon as it asks, and one that has gone is forgotten", async () => {
  const refusedConnections = new RefusedConnections();
  server = createServer((_request, response) => {
    refusedConnections.add(response);
    response.writeHead(503, { "content-length": 0 }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const open = () => {
    const socket = connect(port, "127.0.0.1");
    sockets.push(socket);
    return socket;
  };
  const asked = (socket: Socket) =>
    new Promise<string>((resolve) => {
      socket.once("data", (told: Buffer) => resolve(told.toString()));
      socket.write("GET / HTTP/1.1\r\nhost: hub\r\n\r\n");
    });
  const [staying, going] = [open(), open()];

  await asked(going);
  going.destroy();
  await asked(staying);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const again = await asked(staying);

  expect(again).toMatch(/^HTTP\/1\.1 503 /u);
});
