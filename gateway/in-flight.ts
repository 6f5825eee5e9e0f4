import { isAbandoned, type RequestContext } from "./request-context";

interface UnderWay<Answer> {
  answer: Promise<Answer>;
  /** Of the client who asked first; undefined where no client may leave. */
  context: RequestContext | undefined;
}

/**
 * Answers that are being made, so that the same question asked meanwhile by somebody with the same rights is answered by
 * the same work. Nothing is kept once it is answered.
 */
export class InFlight<Answer> {
  private answers = new Map<string, UnderWay<Answer>>();

  /** Whether whoever asks now would be given an answer that has begun. */
  has(key: string): boolean {
    return this.joinable(key) !== undefined;
  }

  /** The answer under way to the same question, or one that is begun now. */
  share(key: string, begin: () => Promise<Answer>, context?: RequestContext): Promise<Answer> {
    const known = this.joinable(key);
    if (known) {
      if (known.context) known.context.progress.isShared = true;
      return known.answer;
    }
    const underWay = { answer: begin(), context };
    const { answers } = this;
    answers.set(key, underWay);
    void underWay.answer.then(
      () => forgetOne(answers, key, underWay),
      () => forgetOne(answers, key, underWay),
    );
    return underWay.answer;
  }

  /** From now on nobody joins what has begun: a write is about to be acknowledged, and who asks then must see it. */
  forget(): void {
    this.answers = new Map();
  }

  private joinable(key: string): UnderWay<Answer> | undefined {
    const known = this.answers.get(key);
    return known?.context && isAbandoned(known.context) ? undefined : known;
  }
}

function forgetOne<Kept>(answers: Map<string, Kept>, key: string, answer: Kept): void {
  if (answers.get(key) === answer) answers.delete(key);
}
