import { setImmediate } from "node:timers/promises";
import { EventLoopDelay } from "../../gateway/limits/event-loop-delay";

const WORK_MS = 12;

it("How long turns take is the time of one, however many there were since it was last looked at", async () => {
  const delay = new EventLoopDelay();
  for (let turn = 0; turn < 20; turn += 1) {
    const began = performance.now();
    while (performance.now() - began < WORK_MS);
    await setImmediate();
  }
  const ofLong = delay.turnMs();
  const until = performance.now() + 200;
  let ofShort = Infinity;
  while (performance.now() < until) {
    await setImmediate();
    ofShort = Math.min(ofShort, delay.turnMs());
  }
  delay.stop();

  expect(ofLong).toBeGreaterThan(WORK_MS * 0.9);
  expect(ofShort).toBeLessThan(WORK_MS / 2);
});
