import { monitorEventLoopDelay } from "node:perf_hooks";

const EVERY_MS = 10;
const delay = monitorEventLoopDelay({ resolution: EVERY_MS });
delay.enable();

/**
 * How late this process, gateway and all, came round to its timers at most since it was last asked, in milliseconds: what a busy
 * machine took, and no deadline can be held to.
 */
export function lateness(): number {
  const most = delay.max / 1e6 - EVERY_MS;
  delay.reset();
  return Math.max(0, most);
}
