import type { RequestContext } from "../request-context";
import type { Fault } from "./subgraph-fault";

/** One operation for a subgraph, both in its parts and as the body of a request. */
export interface Question {
  query: string;
  operationName?: string | undefined;
  /** As JSON. */
  variables: string;
  /** As JSON: all of the above. */
  body: string;
  /** Variables and body are carried text, and so shall be the data that are answered; a subgraph's errors never are. */
  isCarried?: boolean;
}

/** The body of a GraphQL response as a subgraph sent it; nothing inside `data` has been looked at yet. */
export interface GraphQLBody {
  data?: Record<string, unknown> | null;
  errors?: readonly SubgraphError[];
}

export interface SubgraphError {
  message: string;
  path?: ReadonlyArray<string | number> | undefined;
  extensions?: Readonly<Record<string, unknown>>;
}

export type Reply =
  | {
      body: GraphQLBody;
      /** None of its texts holds a character that JSON has to escape; unset: that is not known. */
      isUnescaped?: boolean;
      /** Told by whoever reads the answer what is wrong with it; unset: nobody counts that. */
      noteFault?: (reason: string) => void;
    }
  | { fault: Fault };

/** Whoever answers for one graph of the supergraph. It never throws for what the subgraph or the network does. */
export interface Subgraph {
  readonly name: string;
  /** Whether questions may be put to it as carried text. */
  readonly carries?: boolean;
  ask(question: Question, context: RequestContext): Promise<Reply>;
  /** Never fails. */
  dataVersions(): Promise<SaidVersions>;
  /** What was published after these entries of its owners' ledgers. Never fails. */
  publishedChanges(after: Positions): Promise<Published>;
}

/** By owner of data, the last entry of its ledger that is known of. */
export type Positions = Readonly<Record<string, number>>;

/** By owner; null: it does not answer. Of a subgraph that tells nothing, no owner is named. */
export type Published = Readonly<Record<string, PublishedOfOwner | null>>;

export interface PublishedOfOwner {
  /** Where its ledger ends. */
  head: number;
  /** In the ledger's order; there may be more. */
  changes: readonly PublishedChange[];
}

export interface PublishedChange {
  sequence: number;
  /** In UTC. */
  at: string;
  kind: string;
  /** Null: not of one year. */
  year: number | null;
}

export interface SaidVersions {
  /** A text that is another after every write to any of its data; undefined: it cannot say. */
  text?: string | undefined;
  /** It tells no versions at all. */
  isMute?: boolean;
  /** It let a whole deadline pass. */
  isSilent?: boolean;
}

/** What a subgraph says of its owners' data, as one text; undefined when an owner's is not known. */
export function versionText(versions: unknown): string | undefined {
  if (typeof versions !== "object" || versions === null) return undefined;
  const all = Object.entries(versions);
  return all.every(([, version]) => typeof version === "string")
    ? all.map(([owner, version]) => `${owner}=${version}`).join(",")
    : undefined;
}

export function questionOf(
  query: string,
  variables: object = {},
  operationName?: string,
): Question {
  const told = JSON.stringify(variables);
  const body = `${JSON.stringify({ query, operationName }).slice(0, -1)},"variables":${told}}`;
  return { query, operationName, variables: told, body };
}
