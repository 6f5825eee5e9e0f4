import type { StartedOperation } from "../execution/started-operation";
import { InFlight } from "../in-flight";
import type { RequestContext } from "../request-context";
import type { SaidVersions, Subgraph } from "../subgraph/subgraph";
import type { AnswerStore } from "./answer-store";
import { VersionCheck } from "./version-check";

const HOUR_MS = 60 * 60 * 1000;

/**
 * Whole answers, each with the versions of the data that it was made from. Before an answer is given the versions are read
 * again, by a reading that began after the request came: what was written and acknowledged before, by whichever process,
 * has moved them, and then the answer is made anew.
 */
export class AnswerCache {
  private readonly checks = new WeakMap<Subgraph, VersionCheck<SaidVersions>>();
  private readonly making = new InFlight<Buffer>();

  constructor(
    private readonly store: AnswerStore,
    /** Told of each answer, whether it was kept or has to be made. */
    private readonly onAnswer: (isKept: boolean) => void = () => {},
    private readonly clock: () => number = Date.now,
  ) {}

  /** @param key of the operation, its variables and the rights of whoever asks. */
  async answer(
    key: string,
    operation: Pick<StartedOperation, "subgraphs" | "execute">,
    context: RequestContext,
  ): Promise<Buffer> {
    const versions = await this.versionsOf(operation.subgraphs, context);
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
      if (isWhole) this.store.keep(key, { versions, json });
      return json;
    };
    return this.making.share(`${versions}\n${key}`, make, context);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  /** Undefined where a subgraph cannot say: then nothing may be taken from memory. */
  private async versionsOf(
    subgraphs: readonly Subgraph[],
    { silent }: RequestContext,
  ): Promise<string | undefined> {
    const said = await Promise.all(subgraphs.map((subgraph) => this.checkOf(subgraph).current()));
    said.forEach(({ isSilent }, at) => isSilent && silent.add(subgraphs[at]!.name));
    if (said.some(({ text }) => text === undefined)) return undefined;
    // What is overdue, or in force today, changes without a write; every time zone changes its day at some full hour.
    return `${Math.floor(this.clock() / HOUR_MS)} ${said.map(({ text }) => text).join(" ")}`;
  }

  private checkOf(subgraph: Subgraph): VersionCheck<SaidVersions> {
    let check = this.checks.get(subgraph);
    if (check === undefined) {
      check = new VersionCheck(() => subgraph.dataVersions());
      this.checks.set(subgraph, check);
    }
    return check;
  }
}
