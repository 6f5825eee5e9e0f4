import { setTimeout } from "node:timers/promises";
import { WorkTurns, type Turn } from "../../gateway/limits/work-turns";

const never = () => false;
/** A process without time to spare, whose turns are neither long nor short. */
const BUSY = { isBusy: () => true, turnMs: () => 4 };

interface Begun {
  number: number;
  turn: Turn;
}

/** Begins so many; tells which of them have begun, in order. */
function begin(turns: WorkTurns, times: number): Begun[] {
  const begun: Begun[] = [];
  for (let number = 0; number < times; number += 1) {
    const turn = turns.begin();
    if (!(turn instanceof Promise)) begun.push({ number, turn });
    else void turn.then((late) => begun.push({ number, turn: late }));
  }
  return begun;
}

const numbersOf = (begun: readonly Begun[]) => begun.map(({ number }) => number);
const first = (length: number) => Array.from({ length }, (_, number) => number);

it("Work begins at once in a process that has time to spare, however much is under way", () => {
  const turns = new WorkTurns({ ...BUSY, isBusy: () => false }, never);

  expect(begin(turns, 100)).toHaveLength(100);
});

it("In a busy process twenty-four are under way, and the next begins when one is done", async () => {
  const turns = new WorkTurns(BUSY, never);

  const begun = begin(turns, 26);
  expect(numbersOf(begun)).toEqual(first(24));
  turns.done(begun[0]!.turn);
  await setTimeout(1);

  expect(numbersOf(begun)).toEqual(first(25));
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
  expect(numbersOf(begun)).toEqual(first(100));
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
  for (const { turn } of begun.slice(0, 60)) turns.done(turn);
  await setTimeout(1);
  const ofLongTurns = begun.length - 60;
  turns.done(begun[60]!.turn);
  await setTimeout(1);

  expect([ofShortTurns, ofLongTurns, begun.length]).toEqual([64, 4, 65]);
});

it("In a busy process nobody waits for longer than a second for what lasts, such as a long list", async () => {
  const turns = new WorkTurns(BUSY, never);
  const began = performance.now();
  const begun = begin(turns, 60);
  const lasting = begun.slice();
  while (begun.length < 48) await setTimeout(5);
  const waitedMs = performance.now() - began;
  for (const { turn } of lasting) turns.done(turn);
  await setTimeout(1);

  expect(lasting).toHaveLength(24);
  expect(waitedMs).toBeGreaterThan(999);
  expect(begun).toHaveLength(48);
});

it("After a flood it is first looked whether the client is still there: in the next turns of the event loop", async () => {
  const turns = new WorkTurns(BUSY, () => true);

  const begun = begin(turns, 1);
  const atOnce = begun.length;
  await setTimeout(20);

  expect([atOnce, numbersOf(begun)]).toEqual([0, [0]]);
});
