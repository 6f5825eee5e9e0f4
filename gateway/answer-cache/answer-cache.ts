import type { StartedOperation } from "../execution/started-operation";
import { InFlight } from "../in-flight";
import type { RequestContext } from "../request-context";
import type { AnswerStore } from "./answer-store";
import type { DataVersions } from "./data-versions";

/**
 * Whole answers, each with the versions of the data that it was made from. Before an answer is given the versions are read
 * again, by a reading that began after the request came: what was written and acknowledged before, by whichever process,
 * has moved them, and then the answer is made anew.
 */
export class AnswerCache {
  private readonly making = new InFlight<Buffer>();

  constructor(
    private readonly store: AnswerStore,
    private readonly versions: DataVersions,
    /** Told of each answer, whether it was kept or has to be made. */
    private readonly onAnswer: (isKept: boolean) => void = () => {},
  ) {}

  /** @param key of the operation, its variables and the rights of whoever asks. */
  async answer(
    key: string,
    operation: Pick<StartedOperation, "subgraphs" | "execute">,
    context: RequestContext,
  ): Promise<Buffer> {
    const versions = await this.versions.current(operation.subgraphs, context);
    if (versions === undefined) {
      this.onAnswer(false);
      return (await operation.execute(context)).json;
    }
    const stored = await this.store.find(key);
    const isKept = stored?.versions === versions;
    this.onAnswer(isKept);
    if (isKept) return stored.json;
    const make = async () => {
      const { json, isWhole } = await operation.execute(context);
      // The versions were read before the data: whatever was written since makes them old, and never the answer.
      if (isWhole && !this.versions.hasDayJustBegun()) this.store.keep(key, { versions, json });
      return json;
    };
    return this.making.share(`${versions}\n${key}`, make, context);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
