import { setTimeout } from "node:timers/promises";
import { WorkTurns } from "../../gateway/limits/work-turns";

const never = () => false;

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
  const turns = new WorkTurns(() => false, never);

  expect(begin(turns, 100)).toHaveLength(100);
});

it("In a busy process twenty-four are under way, and the next begins when one is done", async () => {
  const turns = new WorkTurns(() => true, never);

  const begun = begin(turns, 26);
  expect(begun).toEqual(FIRST);
  turns.done();
  await setTimeout(1);

  expect(begun).toEqual([...FIRST, 24]);
});

it("What waits begins once the process has time again, though nothing is done meanwhile", async () => {
  let isBusy = true;
  const turns = new WorkTurns(() => isBusy, never);
  const begun = begin(turns, 100);
  await setTimeout(50);
  const whileBusy = begun.length;

  isBusy = false;
  while (begun.length < 100) await setTimeout(5);

  expect(whileBusy).toBe(24);
  expect(begun).toEqual(Array.from({ length: 100 }, (_, number) => number));
});

it("After a flood it is first looked whether the client is still there: in the next turns of the event loop", async () => {
  const turns = new WorkTurns(
    () => true,
    () => true,
  );

  const begun = begin(turns, 1);
  const atOnce = begun.length;
  await setTimeout(20);

  expect([atOnce, begun]).toEqual([0, [0]]);
});
