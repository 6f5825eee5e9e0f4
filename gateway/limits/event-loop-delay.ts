import { performance } from "node:perf_hooks";

const EVERY_MS = 20;
/** Of its time; above it there is none to spare. */
const BUSY = 0.95;

/** How late this process is with what it has to do: the time since it last came round to its timers. */
export class EventLoopDelay {
  private cameRound = performance.now();
  private used = performance.eventLoopUtilization();
  private share = 0;
  private turns = performance.nodeTiming.uvMetricsInfo.loopCount;
  private meanTurnMs = 0;
  private readonly timer = setInterval(() => this.comeRound(), EVERY_MS);

  constructor() {
    this.timer.unref();
  }

  /** In milliseconds; grows while the process is busy. */
  now(): number {
    return Math.max(0, performance.now() - this.cameRound - EVERY_MS);
  }

  /** Whether it did nothing but work when it was last looked at. */
  isBusy(): boolean {
    return this.share > BUSY;
  }

  /** How long a turn of the event loop took on average, waiting included, when it was last looked at. */
  turnMs(): number {
    return this.meanTurnMs;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private comeRound(): void {
    const now = performance.now();
    const { loopCount } = performance.nodeTiming.uvMetricsInfo;
    this.meanTurnMs = (now - this.cameRound) / Math.max(1, loopCount - this.turns);
    this.turns = loopCount;
    this.cameRound = now;
    const used = performance.eventLoopUtilization();
    this.share = performance.eventLoopUtilization(used, this.used).utilization;
    this.used = used;
  }
}
