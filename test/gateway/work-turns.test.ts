import { setTimeout } from "node:timers/promises";
import { WorkTurns } from "../../gateway/limits/work-turns";

const never = () => false;
/** A process without time to spare, whose turns are neither long nor short. */
const BUSY = { isBusy: () => true, turnMs: () => 4 };

/** Begins so many; tells which of them have begun, in order. */
function begin(turns: WorkTurns, times: number): number[] {
  const begun: number[] = [];
  for (let number = 0; number < times; number += 1) {
    const turn = turns.begin();
    if (turn === undefined) begun.push(number);
    else void turn.then(() => begun.push(number));
  }
  return begun;
}

const FIRST = Array.from({ length: 24 }, (_, number) => number);

it("Work begins at once in a process that has time to spare, however much is under way", () => {
  const turns = new WorkTurns({ ...BUSY, isBusy: () => false }, never);

  expect(begin(turns, 100)).toHaveLength(100);
});

it("In a busy process twenty-four are under way, and the next begins when one is done", async () => {
  const turns = new WorkTurns(BUSY, never);

  const begun = begin(turns, 26);
  expect(begun).toEqual(FIRST);
  turns.done();
  await setTimeout(1);

  expect(begun).toEqual([...FIRST, 24]);
});

it("What waits begins once the process has time again, though nothing is done meanwhile", async () => {
  let isBusy = true;
  const turns = new WorkTurns({ ...BUSY, isBusy: () => isBusy }, never);
  const begun = begin(turns, 100);
  await setTimeout(50);
  const whileBusy = begun.length;

  isBusy = false;
  while (begun.length < 100) await setTimeout(5);

  expect(whileBusy).toBe(24);
  expect(begun).toEqual(Array.from({ length: 100 }, (_, number) => number));
});

it("In a busy process so many are under way that its turns stay short: sixty-four at most, four at least", async () => {
  let turnMs = 1;
  const turns = new WorkTurns({ isBusy: () => true, turnMs: () => turnMs }, never);
  const begun = begin(turns, 300);
  while (begun.length < 64) await setTimeout(20);
  await setTimeout(60);
  const ofShortTurns = begun.length;

  turnMs = 50;
  await setTimeout(400);
  for (let done = 0; done < 60; done += 1) turns.done();
  await setTimeout(1);
  const ofLongTurns = begun.length - 60;
  turns.done();
  await setTimeout(1);

  expect([ofShortTurns, ofLongTurns, begun.length]).toEqual([64, 4, 65]);
});

it("After a flood it is first looked whether the client is still there: in the next turns of the event loop", async () => {
  const turns = new WorkTurns(BUSY, () => true);

  const begun = begin(turns, 1);
  const atOnce = begun.length;
  await setTimeout(20);

  expect([atOnce, begun]).toEqual([0, [0]]);
});
