import { InFlight } from "../in-flight";
import type { RequestContext } from "../request-context";
import type { Subgraph } from "../subgraph/subgraph";
import type { DataVersions } from "./data-versions";

/** Of whoever tells no versions it is not known whether anything was written; he is asked once all the same. */
const OF_MUTE = "-";

/**
 * Answers that are being made, given to all who ask the same meanwhile with the same rights; nothing is kept. Whoever comes
 * while one is under way shall see what was written and acknowledged before, by whichever process: it is his answer too only
 * if the versions of its data, read after he came, are those that had been read before it was begun.
 */
export class SharedAnswers {
  private readonly making = new InFlight<Buffer>();

  constructor(private readonly versions: DataVersions) {}

  /**
   * @param key of the operation, its variables and the rights of whoever asks.
   * @param subgraphs that its plan asks.
   */
  answer(
    key: string,
    subgraphs: readonly Subgraph[],
    make: () => Promise<Buffer>,
    context: RequestContext,
  ): Promise<Buffer> {
    const begun = `${this.versions.last(subgraphs, OF_MUTE)}\n${key}`;
    if (!this.making.has(begun)) return this.making.share(begun, make, context);
    return this.versions.current(subgraphs, context, OF_MUTE).then((now) => {
      if (now === undefined) return make();
      return this.making.share(`${now}\n${key}`, make, context);
    });
  }

  /** From now on nobody joins what has begun: a write is about to be acknowledged, and who asks then must see it. */
  forget(): void {
    this.making.forget();
  }
}
