import { setTimeout } from "node:timers/promises";
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhenResult,
  retry,
} from "cockatiel";
import { NOT_ASKED, OVERLOADED, timedOut, type Fault } from "./subgraph-fault";

type Faulty = { fault: Fault };

interface Attempt<Result> {
  reply: Result | Faulty;
  /** There is time left for another. */
  hasTime: boolean;
}

const ASKED_AT_ONCE = 128;
const WAITING = 1024;
const FAILURES_IN_A_ROW = 5;
const LEFT_ALONE_MS = 1000;
const LONGEST_PAUSE_MS = 200;
/** For so long others wait for the question that tries: who has recovered answers sooner, and then all are answered. */
const PATIENCE_MS = 100;

const attemptOf = (result: unknown) => result as Attempt<Partial<Faulty>>;

/**
 * Keeps one subgraph's trouble its own: what it refused is asked again while there is time, one that keeps failing is left
 * alone for a second and then tried with a single question, for which others wait only a moment, and no more than a bounded
 * number of questions wait for it.
 */
export class SubgraphGuard {
  private readonly slots = bulkhead(ASKED_AT_ONCE, WAITING);
  private readonly breaker = circuitBreaker(
    handleWhenResult((result) => attemptOf(result).reply.fault?.isOutage === true),
    { halfOpenAfter: LEFT_ALONE_MS, breaker: new ConsecutiveBreaker(FAILURES_IN_A_ROW) },
  );
  private readonly again = retry(
    handleWhenResult((result) => {
      const { reply, hasTime } = attemptOf(result);
      return reply.fault?.mayPass === true && hasTime;
    }),
    // The pauses differ by chance, so that what was refused together does not come back together.
    {
      maxAttempts: 2,
      backoff: new ExponentialBackoff({ initialDelay: 25, maxDelay: LONGEST_PAUSE_MS }),
    },
  );

  /** The question that tries whether it answers again; of no interest unless the circuit is half open. Never fails then. */
  private trying: Promise<unknown> | undefined;

  /** `closed`: it is asked; `open`: it is left alone; `half-open`: a single question tries whether it answers again. */
  get state(): "closed" | "open" | "half-open" {
    if (this.breaker.state === CircuitState.Closed) return "closed";
    return this.breaker.state === CircuitState.HalfOpen ? "half-open" : "open";
  }

  /**
   * @param isQuery only what changes nothing is asked twice.
   * @param attempt is told how long it may take; never throws.
   */
  async ask<Result extends object>(
    isQuery: boolean,
    deadlineMs: number,
    attempt: (withinMs: number) => Promise<Result | Faulty>,
  ): Promise<Result | Faulty> {
    if (this.breaker.state === CircuitState.HalfOpen && !(await this.hasRecovered()))
      return { fault: NOT_ASKED };
    const question = new GuardedQuestion(deadlineMs, attempt);
    try {
      const asking = this.breaker.execute(() =>
        isQuery ? this.again.execute(() => this.inSlot(question)) : this.inSlot(question),
      );
      if (this.breaker.state === CircuitState.HalfOpen) this.trying = asking;
      return (await asking).reply;
    } catch (error) {
      if (error instanceof BrokenCircuitError) return { fault: NOT_ASKED };
      if (error instanceof BulkheadRejectedError) return { fault: OVERLOADED };
      throw error;
    }
  }

  /** The breaker would let everybody wait for that question, for a whole deadline where the subgraph still hangs. */
  private async hasRecovered(): Promise<boolean> {
    await Promise.race([this.trying, setTimeout(PATIENCE_MS)]);
    return this.breaker.state === CircuitState.Closed;
  }

  private inSlot<Result extends object>(
    question: GuardedQuestion<Result>,
  ): Promise<Attempt<Result>> {
    return this.slots.execute(() => question.attempt());
  }
}

/** One question with the time that is left for it. */
class GuardedQuestion<Result extends object> {
  private readonly end: number;
  private reply: Result | Faulty;

  constructor(
    deadlineMs: number,
    private readonly ask: (withinMs: number) => Promise<Result | Faulty>,
  ) {
    this.end = performance.now() + deadlineMs;
    this.reply = { fault: timedOut(deadlineMs) };
  }

  /** Where no time is left it stays with what the attempt before brought. */
  async attempt(): Promise<Attempt<Result>> {
    const left = Math.ceil(this.end - performance.now());
    if (left > 0) this.reply = await this.ask(left);
    return { reply: this.reply, hasTime: this.end - performance.now() > LONGEST_PAUSE_MS };
  }
}
