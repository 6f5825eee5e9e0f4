import type { RequestContext } from "../request-context";
import { readAnswer, type ReadAnswer } from "../subgraph/subgraph-answer";
import type { Path, SubgraphOperation } from "../subgraph/subgraph-operation";
import type { LastAnswers } from "./last-answers";
import { silentKeys, withLast } from "./put-last";

/** What of an answer is old, and of when. */
export interface StalePart {
  subgraph: string;
  /** Whose databases did not answer; empty: the subgraph itself did not. */
  sectors: readonly string[];
  /** Since when the question has gone unanswered, and when it was last answered; in UTC. */
  silentSince: string;
  answeredAt: string;
  /** Where it stands in the merged answer. */
  paths: readonly Path[];
  /** Which parts of the answer waited for it, where it is sent in parts. */
  parts: ReadonlySet<number> | undefined;
}

/** What was put in place of what did not come: under which keys, and of when. */
export interface Put extends Omit<StalePart, "paths" | "parts"> {
  keys: ReadonlySet<string>;
}

/** The last answers to the questions of one client's request that allows them. */
export class StaleAnswers {
  readonly shown: StalePart[] = [];

  constructor(
    private readonly last: LastAnswers,
    private readonly context: RequestContext,
  ) {}

  keyOf(subgraph: string, body: string): string {
    return this.last.keyOf(subgraph, body, this.context);
  }

  answered(key: string, data: Record<string, unknown>): void {
    this.last.answered(key, data);
  }

  /**
   * Completes an answer of which something did not come. Errors about that say since when, and stay, whether or not there is
   * an older answer to be shown; undefined where there is none, or everybody answered.
   */
  complete(
    key: string,
    subgraph: string,
    asked: SubgraphOperation,
    answer: ReadAnswer,
  ): Put | undefined {
    const ofEntities = asked.representations !== undefined;
    const keys = silentKeys(answer.errors, ofEntities);
    if (keys.size === 0) return undefined;
    const { silentSince, last } = this.last.notAnswered(key);
    // Read as if it had come now: the supergraph may be another than it was then.
    const before = last && readAnswer(subgraph, asked, { body: { data: last.data } });
    const answeredAt = before?.errors.length === 0 ? last?.answeredAt : undefined;
    const sectors = new Set<string>();
    for (const { extensions } of answer.errors) {
      if (extensions.code !== "SUBGRAPH_UNAVAILABLE") continue;
      Object.assign(extensions, { silentSince, ...(answeredAt && { answeredAt }) });
      if (typeof extensions.sector === "string") sectors.add(extensions.sector);
    }
    if (answeredAt === undefined) return undefined;
    answer.data = withLast(answer.data, before!.data!, keys, ofEntities);
    return { subgraph, sectors: [...sectors].sort(), silentSince, answeredAt, keys };
  }
}

/** As clients are told it, with each path as `pathOf` says it; those of one moment together. */
export function staleExtension(
  shown: readonly StalePart[],
  pathOf: (path: Path) => Path | undefined,
): { stale: object[] } | undefined {
  const told = new Map<string, { paths: Path[] }>();
  for (const { paths, parts: _parts, ...moment } of shown) {
    const key = JSON.stringify(moment);
    const known = told.get(key) ?? { ...moment, paths: [] };
    told.set(key, known);
    const seen = new Set(known.paths.map((path) => JSON.stringify(path)));
    for (const path of paths.map(pathOf)) {
      if (path === undefined || seen.has(JSON.stringify(path))) continue;
      seen.add(JSON.stringify(path));
      known.paths.push(path);
    }
  }
  const stale = [...told.values()].filter(({ paths }) => paths.length > 0);
  return stale.length > 0 ? { stale } : undefined;
}
