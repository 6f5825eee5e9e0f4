import type { Server } from "node:http";
import type { Socket } from "node:net";

/** So many bytes have to be taken within the deadline: a larger answer may take its time. */
const PORTION = 2 ** 20;

interface Waiting {
  until: number;
  taken: number;
}

/**
 * Breaks off clients that do not take their answers, each of which would hold its memory and its place for ever. Looks at all
 * connections from time to time, so that answering costs nothing more.
 * @returns what ends the watch.
 */
export function breakOffSlowReaders(server: Server, deadlineMs: number): () => void {
  const sockets = new Map<Socket, Waiting | undefined>();
  server.on("connection", (socket: Socket) => {
    sockets.set(socket, undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  const look = () => {
    const now = performance.now();
    for (const [socket, waiting] of sockets) {
      const left = socket.writableLength;
      const taken = socket.bytesWritten - left;
      if (left === 0) {
        if (waiting) sockets.set(socket, undefined);
      } else if (waiting === undefined || taken > waiting.taken) {
        sockets.set(socket, { until: now + deadlineMs * Math.ceil(left / PORTION), taken });
      } else if (now > waiting.until) {
        socket.destroy();
      }
    }
  };
  const timer = setInterval(look, Math.min(1000, deadlineMs / 4)).unref();
  return () => clearInterval(timer);
}
