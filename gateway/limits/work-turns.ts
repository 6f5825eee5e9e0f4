import { setImmediate } from "node:timers/promises";
import type { EventLoopDelay } from "./event-loop-delay";

/** So many are under way in a busy process until it is known how long its turns take. */
const FIRST_UNDER_WAY = 24;
const LEAST_UNDER_WAY = 4;
const MOST_UNDER_WAY = 64;
/**
 * Turns of the event loop shall be shorter, for in each one new connection is taken up; and not much shorter, for the more
 * is read in one the less each question costs.
 */
const LONGEST_TURN_MS = 5;
/** Whoever has been under way for longer waits for others than this process, or is a long list: nobody need wait for that. */
const LONGEST_HELD_MS = 1000;
const AT_A_TIME = 8;
const LOOK_EVERY_MS = 20;

export interface Turn {
  readonly beganMs: number;
}

/**
 * Lets work begin at once while the process has time to spare, and in the order of its coming once it has none. A thousand
 * requests that are all begun go forward in step, each a little in every turn of the event loop: turns become long, all
 * answers late, and a server takes up one new connection in a turn. So fewer are under way the longer each of them works.
 */
export class WorkTurns {
  /** In the order of their beginning. */
  private readonly underWay = new Set<Turn>();
  private readonly waiting: ((turn: Turn) => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private mostUnderWay = FIRST_UNDER_WAY;

  /**
   * @param loop of this process: whether it does nothing but work, and how long its turns are.
   * @param mayBeLate whether connections may have waited long to be taken up.
   */
  constructor(
    private readonly loop: Pick<EventLoopDelay, "isBusy" | "turnMs">,
    private readonly mayBeLate: () => boolean,
  ) {}

  /** A promise: begin once it settles. `done` has to be called for each turn. */
  begin(): Turn | Promise<Turn> {
    if (this.waiting.length === 0 && this.hasRoom()) {
      const turn = this.start();
      return this.mayBeLate() && this.loop.isBusy() ? afterReading(turn) : turn;
    }
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  done(turn: Turn): void {
    this.underWay.delete(turn);
    this.fill();
  }

  private start(): Turn {
    const turn = { beganMs: performance.now() };
    this.underWay.add(turn);
    return turn;
  }

  private look(): void {
    const turnMs = this.loop.turnMs();
    if (turnMs > LONGEST_TURN_MS)
      this.mostUnderWay = Math.max(LEAST_UNDER_WAY, Math.floor(this.mostUnderWay * 0.8));
    else if (turnMs < LONGEST_TURN_MS / 2)
      this.mostUnderWay = Math.min(MOST_UNDER_WAY, this.mostUnderWay + 2);
    const longAgo = performance.now() - LONGEST_HELD_MS;
    for (const turn of this.underWay) {
      if (turn.beganMs > longAgo) break;
      this.underWay.delete(turn);
    }
    this.fill();
  }

  /** A few at a time, so that it is seen in between whether that was too much. */
  private fill(): void {
    for (let left = AT_A_TIME; left > 0 && this.hasRoom(); left -= 1) {
      const next = this.waiting.shift();
      if (next === undefined) break;
      next(this.start());
    }
    if (this.waiting.length > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private hasRoom(): boolean {
    return this.underWay.size < this.mostUnderWay || !this.loop.isBusy();
  }
}

/**
 * Until every socket has been read once more: a connection may have waited to be taken up for longer than its client did, and
 * that it is closed is read after the request.
 */
async function afterReading(turn: Turn): Promise<Turn> {
  await setImmediate();
  await setImmediate();
  return turn;
}
