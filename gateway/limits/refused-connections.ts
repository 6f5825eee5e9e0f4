import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** So many of them are read again in one turn of the event loop. */
const READ_IN_A_TURN = 8;
const RECENT_MS = 10_000;

/**
 * Connections of clients that were refused. Who asks again at once, without waiting as he was told, is read by turns with the
 * work that has been let in: while a thousand sockets have something to read the event loop reads them over and over, and
 * comes neither to its timers nor to what was to be done next.
 */
export class RefusedConnections {
  private readonly told: Socket[] = [];
  private lastAt = -Infinity;
  private readonly waiting = new Set<Socket>();

  /** Leaves the connection unread, once it has been told, until it is its turn. */
  add(response: ServerResponse): void {
    this.lastAt = performance.now();
    const { socket } = response.req;
    response.once("close", () => {
      if (this.told.push(socket) === 1 && this.waiting.size === 0) setImmediate(this.turn);
    });
  }

  /** Whether somebody was refused a short while ago. */
  areRecent(): boolean {
    return performance.now() - this.lastAt < RECENT_MS;
  }

  private readonly turn = (): void => {
    let left = READ_IN_A_TURN;
    for (const socket of this.waiting) {
      if (left === 0) break;
      left -= 1;
      this.waiting.delete(socket);
      socket.resume();
    }
    // Not at once when it was told: then the server would go on reading it, for what may be left of the request.
    for (const socket of this.told.splice(0)) {
      if (socket.destroyed) continue;
      socket.pause();
      this.waiting.add(socket);
    }
    if (this.waiting.size > 0) setImmediate(this.turn);
  };
}
