/** Of the time in which this process did not listen, as much is given back. */
const MOST_GIVEN_BACK_MS = 100;

/**
 * Until when an answer is waited for. Whoever answered in time while this process was busy, be it with another supergraph,
 * stays unread until it comes round to its sockets, and to its timers it comes first: what it is late, it waits longer.
 */
export class Deadline {
  private readonly endsMs: number;
  private timer: NodeJS.Timeout;

  constructor(
    withinMs: number,
    private readonly isOver: () => void,
  ) {
    this.endsMs = performance.now() + withinMs;
    this.timer = setTimeout(() => this.come(), withinMs);
  }

  clear(): void {
    clearTimeout(this.timer);
  }

  private come(): void {
    const lateMs = performance.now() - this.endsMs;
    this.timer = setTimeout(this.isOver, Math.min(lateMs, MOST_GIVEN_BACK_MS));
  }
}
