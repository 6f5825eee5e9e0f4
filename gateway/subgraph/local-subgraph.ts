import type { RequestContext, SubgraphCaller } from "../request-context";
import {
  versionText,
  type GraphQLBody,
  type Positions,
  type Published,
  type Question,
  type Reply,
  type SaidVersions,
  type Subgraph,
} from "./subgraph";
import { Deadline } from "./deadline";
import { brokenConnection, OVERLOADED, timedOut } from "./subgraph-fault";

/** What does in this process the work of a subgraph over HTTP. */
export interface LocalSource {
  /** The data it gives are the gateway's to change. */
  answer(question: Question, caller: SubgraphCaller): Promise<GraphQLBody>;
  /** By owner of data; left out where nothing can be said of them. */
  dataVersions?(): Promise<Readonly<Record<string, string | null>>>;
  /** What was published after these entries of the ledgers; left out where nothing is told of that. */
  publishedChanges?(after: Positions): Promise<Published>;
}

/** As many as may wait for a subgraph on the network. */
const MAX_UNDER_WAY = 1152;

/** A subgraph that lives in the gateway's process. It is waited for no longer than one on the network would be. */
export class LocalSubgraph implements Subgraph {
  /** Questions that it has not done with, be it that nobody waits for their answers any more. */
  private underWay = 0;

  constructor(
    readonly name: string,
    private readonly deadlineMs: number,
    private readonly source: LocalSource,
  ) {}

  ask(question: Question, { silent, caller }: RequestContext): Promise<Reply> {
    const { deadlineMs, name } = this;
    if (silent.has(name)) return Promise.resolve({ fault: timedOut(deadlineMs) });
    if (this.underWay >= MAX_UNDER_WAY) return Promise.resolve({ fault: OVERLOADED });
    this.underWay += 1;
    return new Promise((resolve) => {
      const deadline = new Deadline(deadlineMs, () => {
        silent.add(name);
        resolve({ fault: timedOut(deadlineMs) });
      });
      const settle = (reply: Reply) => {
        this.underWay -= 1;
        deadline.clear();
        resolve(reply);
      };
      this.source.answer(question, caller).then(
        (body) => settle({ body }),
        (error: unknown) => settle({ fault: brokenConnection(error) }),
      );
    });
  }

  async dataVersions(): Promise<SaidVersions> {
    if (this.source.dataVersions === undefined) return { isMute: true };
    try {
      return { text: versionText(await this.source.dataVersions()) };
    } catch {
      return {};
    }
  }

  async publishedChanges(after: Positions): Promise<Published> {
    try {
      return (await this.source.publishedChanges?.(after)) ?? {};
    } catch {
      return {};
    }
  }
}
