import { createHash } from "node:crypto";
import type { RequestContext } from "../request-context";
import { SizedCache } from "../sized-cache";

type Data = Record<string, unknown>;

interface Kept {
  /** The data of the last whole answer, as JSON; undefined: there was none. */
  json: Buffer | undefined;
  /** When it came, in UTC. */
  answeredAt: string | undefined;
  /** Since when the same question has gone unanswered; undefined: it was answered. */
  silentSince: string | undefined;
}

/** What is known of a question that was not answered, or not by everybody whose data it is about. */
export interface Silence {
  silentSince: string;
  last: { data: Data; answeredAt: string } | undefined;
}

/** What is kept of a question beside the answer. */
const OVERHEAD_BYTES = 200;

/**
 * The last whole answer to each question that an operation which allows it has asked of a subgraph: for each subgraph, text,
 * variables, language and rights by themselves.
 */
export class LastAnswers {
  private readonly kept: SizedCache<Kept>;

  constructor(
    maxBytes: number,
    private readonly clock: () => Date = () => new Date(),
  ) {
    this.kept = new SizedCache(maxBytes, (_, { json }) => OVERHEAD_BYTES + (json?.length ?? 0));
  }

  /** @param body of the request to the subgraph: its operation with all variables. */
  keyOf(subgraph: string, body: string, { caller }: RequestContext): string {
    const language = caller.headers["accept-language"] ?? "";
    const asked = JSON.stringify([subgraph, caller.viewer, language, body]);
    return createHash("sha256").update(asked).digest("base64url");
  }

  answered(key: string, data: Data): void {
    const json = Buffer.from(JSON.stringify(data));
    const answeredAt = this.clock().toISOString();
    this.kept.keep(key, { json, answeredAt, silentSince: undefined });
  }

  notAnswered(key: string): Silence {
    const known = this.kept.find(key);
    const silentSince = known?.silentSince ?? this.clock().toISOString();
    const { json, answeredAt } = known ?? {};
    if (known?.silentSince === undefined) this.kept.keep(key, { json, answeredAt, silentSince });
    const last = json && {
      data: JSON.parse(json.toString("utf8")) as Data,
      answeredAt: answeredAt!,
    };
    return { silentSince, last };
  }
}
