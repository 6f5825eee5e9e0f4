import { SizedCache } from "../sized-cache";

/** An answer, and the versions of the data that it was made from. */
export interface StoredAnswer {
  versions: string;
  json: Buffer;
}

/** Keeps answers. It may forget any of them, and fails for nothing: an answer that is not found is made anew. */
export interface AnswerStore {
  find(key: string): StoredAnswer | undefined | Promise<StoredAnswer | undefined>;
  keep(key: string, answer: StoredAnswer): void;
  close(): Promise<void>;
}

/** In this process: the answers used last, up to a number of bytes. */
export class MemoryStore implements AnswerStore {
  private readonly answers: SizedCache<StoredAnswer>;

  constructor(maxBytes: number) {
    this.answers = new SizedCache(
      maxBytes,
      (key, { versions, json }) => json.length + 2 * (key.length + versions.length),
    );
  }

  find(key: string): StoredAnswer | undefined {
    return this.answers.find(key);
  }

  keep(key: string, answer: StoredAnswer): void {
    this.answers.keep(key, answer);
  }

  async close(): Promise<void> {
    this.answers.clear();
  }
}
