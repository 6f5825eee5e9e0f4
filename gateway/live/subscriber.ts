import type { Positions, PublishedChange, PublishedOfOwner } from "../subgraph/subgraph";

/** One change as it is told, with where the subscriber then stands. */
export interface Told {
  subgraph: string;
  /** The owner's database: `libraries/education`. */
  owner: string;
  change: PublishedChange;
  positions: Positions;
}

/** What was read of one owner's ledger. */
export interface Reading {
  subgraph: string;
  owner: string;
  after: number | undefined;
  isAll: boolean;
}

/** Who is further behind is told only that anything may have changed. */
const MOST_REPEATED = 1000;

/** One who wants to be told, and how far it has been told of each owner's ledger. */
export class Subscriber {
  private readonly positions: Map<string, number>;
  private readonly waiting: Told[] = [];
  private wake = () => {};
  private isFirst = true;
  private hasEnded = false;

  constructor(
    from: Positions | undefined,
    private readonly wants: (told: Told) => boolean,
    private readonly onEnd: () => void,
  ) {
    this.positions = new Map(Object.entries(from ?? {}));
    this.isFirst = from === undefined;
  }

  /** How far it has been told, by owner. */
  get told(): ReadonlyMap<string, number> {
    return this.positions;
  }

  /** Where it stands; undefined while it has not yet been sent all that it was told. */
  get standing(): Positions | undefined {
    return this.waiting.length === 0 ? Object.fromEntries(this.positions) : undefined;
  }

  /**
   * @param after what was asked for: changes after this entry; undefined: none, but where the ledger ends.
   * @param isAll nothing up to the head is missing.
   */
  tell({ subgraph, owner, after, isAll }: Reading, { head, changes }: PublishedOfOwner): void {
    const before = this.positions.get(owner);
    if (before === undefined || before > head || head - before > MOST_REPEATED) {
      this.positions.set(owner, head);
      // Nothing is known of what happened while the owner was silent, or what it has forgotten.
      if (before !== undefined || !this.isFirst) this.tellAnything(subgraph, owner, head);
      return;
    }
    // Asked for others, before this one came: the next reading begins where it stands.
    if (before < head && (after === undefined || before < after)) return;
    for (const change of changes) {
      if (change.sequence <= before) continue;
      this.positions.set(owner, change.sequence);
      this.add({ subgraph, owner, change, positions: Object.fromEntries(this.positions) });
    }
    if (isAll) this.positions.set(owner, head);
  }

  /** The owners that are heard of from now on were silent until then. */
  begun(): void {
    this.isFirst = false;
  }

  async *changes(): AsyncGenerator<Told> {
    try {
      while (!this.hasEnded) {
        const next = this.waiting.shift();
        if (next) yield next;
        else await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      this.end();
    }
  }

  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.onEnd();
    this.wake();
  }

  private tellAnything(subgraph: string, owner: string, head: number): void {
    const at = new Date().toISOString();
    const change = { sequence: head, at, kind: "ANYTHING", year: null };
    this.add({ subgraph, owner, change, positions: Object.fromEntries(this.positions) });
  }

  private add(told: Told): void {
    if (!this.wants(told)) return;
    this.waiting.push(told);
    this.wake();
  }
}
