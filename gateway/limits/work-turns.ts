import { setImmediate } from "node:timers/promises";

/**
 * So many are always under way: while one waits for subgraphs others are worked at. With eight, each turn of the event loop finds
 * little to read, and a small question costs a fifth more; with 64 a heavy one costs half as much again, for the garbage collector
 * then moves what all of them hold.
 */
const ALWAYS_UNDER_WAY = 24;
const AT_A_TIME = 8;
const LOOK_EVERY_MS = 20;

/**
 * Lets work begin at once while the process has time to spare, and in the order of its coming once it has none. A thousand
 * requests that are all begun go forward in step, each a little in every turn of the event loop: turns become long, all
 * answers late, and a server takes up one new connection in a turn.
 */
export class WorkTurns {
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param isBusy whether the process does nothing but work.
   * @param mayBeLate whether connections may have waited long to be taken up.
   */
  constructor(
    private readonly isBusy: () => boolean,
    private readonly mayBeLate: () => boolean,
  ) {}

  /** Undefined: begin; else once it settles. `done` has to be called once for each. */
  begin(): Promise<void> | undefined {
    if (this.waiting.length === 0 && this.hasRoom()) {
      this.underWay += 1;
      return this.mayBeLate() && this.isBusy() ? nextReading() : undefined;
    }
    this.timer ??= setInterval(() => this.fill(), LOOK_EVERY_MS).unref();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  done(): void {
    this.underWay -= 1;
    this.fill();
  }

  /** A few at a time, so that it is seen in between whether that was too much. */
  private fill(): void {
    for (let left = AT_A_TIME; left > 0 && this.hasRoom(); left -= 1) {
      const next = this.waiting.shift();
      if (next === undefined) break;
      this.underWay += 1;
      next();
    }
    if (this.waiting.length > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private hasRoom(): boolean {
    return this.underWay < ALWAYS_UNDER_WAY || !this.isBusy();
  }
}

/**
 * Until every socket has been read once more: a connection may have waited to be taken up for longer than its client did, and
 * that it is closed is read after the request.
 */
async function nextReading(): Promise<void> {
  await setImmediate();
  await setImmediate();
}
