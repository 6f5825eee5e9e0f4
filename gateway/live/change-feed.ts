import { setTimeout } from "node:timers/promises";
import type { Positions, Subgraph } from "../subgraph/subgraph";
import { Subscriber, type Told } from "./subscriber";

/** As many as a subgraph tells of one owner at one time. */
const MOST_CHANGES = 200;

/**
 * Reads what is published from the owners' ledgers, for all subscribers together, while there are any. Ledgers are read and
 * no messages waited for: whatever process wrote, and however often a connection broke, every entry is there to be read.
 */
export class ChangeFeed {
  private readonly subscribers = new Set<Subscriber>();
  private reading: Promise<void> | undefined;
  private lastReading: Promise<unknown> = Promise.resolve();
  private isClosed = false;
  private readonly pause = new AbortController();

  constructor(
    private readonly subgraphs: () => Iterable<Subgraph>,
    private readonly everyMs: number,
  ) {}

  get size(): number {
    return this.subscribers.size;
  }

  /**
   * Settles once it is known where the ledgers stand: whatever is published from then on is told.
   * @param from where the subscriber stood before; undefined: it wants nothing of the past.
   */
  async subscribe(
    from: Positions | undefined,
    wants: (told: Told) => boolean,
  ): Promise<Subscriber> {
    const subscriber: Subscriber = new Subscriber(from, wants, () =>
      this.subscribers.delete(subscriber),
    );
    this.subscribers.add(subscriber);
    await this.read();
    subscriber.begun();
    this.reading ??= this.keepReading();
    return subscriber;
  }

  /** Ends all subscriptions. */
  close(): void {
    this.isClosed = true;
    this.pause.abort();
    for (const subscriber of [...this.subscribers]) subscriber.end();
  }

  private async keepReading(): Promise<void> {
    while (this.subscribers.size > 0 && !this.isClosed) {
      const isMore = await this.read();
      if (isMore) continue;
      await setTimeout(this.everyMs, undefined, { signal: this.pause.signal, ref: false }).catch(
        () => undefined,
      );
    }
    this.reading = undefined;
  }

  /** Whether some ledger holds more than was read. One reading after the other: an older one must not come last. */
  private read(): Promise<boolean> {
    const reading = this.lastReading.then(async () => {
      const after = this.leastPositions();
      const read = [...this.subgraphs()].map((subgraph) => this.readFrom(subgraph, after));
      return (await Promise.all(read)).includes(true);
    });
    this.lastReading = reading.catch(() => undefined);
    return reading;
  }

  private async readFrom(subgraph: Subgraph, after: Positions): Promise<boolean> {
    const published = await subgraph.publishedChanges(after);
    let isMore = false;
    for (const [owner, found] of Object.entries(published)) {
      if (found === null) continue;
      const isAll = found.changes.length < MOST_CHANGES;
      if (!isAll) isMore = true;
      const reading = { subgraph: subgraph.name, owner, after: after[owner], isAll };
      for (const subscriber of [...this.subscribers]) subscriber.tell(reading, found);
    }
    return isMore;
  }

  /** Of each owner, from where the one furthest behind must be told. */
  private leastPositions(): Positions {
    const least: Record<string, number> = {};
    for (const subscriber of this.subscribers)
      for (const [owner, position] of subscriber.told)
        least[owner] = Math.min(least[owner] ?? position, position);
    return least;
  }
}
