import { language } from "../language/language";
import { takeEarly } from "./early-answer";
import { inOneLanguage } from "./one-language";
import { isOutdated } from "./outdated";
import { bodyOf, send } from "./question";
import { sessionEnded } from "./session";
import type { TrustedDocument } from "./trusted-document";

/** One thing that the hub could not tell. */
export interface Fault {
  message: string;
  code: string;
  /** Which subgraph did not answer. Undefined: the fault is not one of a subgraph's. */
  subgraph: string | undefined;
  /** The sector whose data are missing. Undefined: not known, or all of the subgraph's. */
  sector: string | undefined;
  /** The instant, ISO 8601, since which there is no answer. Undefined: not known. */
  silentSince: string | undefined;
  path: readonly (string | number)[];
}

/** What of an answer is the last that a silent subgraph or sector gave. */
export interface Stale {
  subgraph: string;
  /** Empty: the subgraph itself is silent. */
  sectors: readonly string[];
  /** The instant, ISO 8601, at which it was answered. */
  answeredAt: string;
}

export interface Answered<Answer> {
  /** Null: nothing could be answered; `faults` say why. */
  data: Answer | null;
  faults: readonly Fault[];
  stale: readonly Stale[];
}

/** The hub could not be reached at all, or did not answer as it does. */
export class HubUnreachable extends Error {}

interface ReplyError {
  message: string;
  path?: (string | number)[];
  extensions?: {
    code?: string;
    reason?: string;
    subgraph?: string;
    sector?: string;
    silentSince?: string;
  };
}

interface Reply<Answer> {
  data?: Answer | null;
  errors?: ReplyError[];
  extensions?: { stale?: Stale[] };
}

/**
 * Asks the hub one of the operations that it knows, in the language of the page. What could not be answered stands in
 * `faults`, beside what could.
 * @throws HubUnreachable when there is no answer to read.
 */
export async function ask<Answer, Variables>(
  document: TrustedDocument<Answer, Variables>,
  variables: Variables,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Answered<Answer>> {
  const question = { body: bodyOf(document, variables), language: language.peek() };
  let reply = await read<Answer>(takeEarly(question) ?? send(question, signal));
  if (reply.errors?.[0]?.extensions?.reason === "SESSION_ENDED") {
    // The browser has forgotten the session with this answer; what anybody may read is still to be had.
    sessionEnded();
    reply = await read<Answer>(send(question, signal));
  }
  if (reply.data === undefined && reply.errors?.some(isUnknownDocument)) isOutdated.value = true;
  return {
    data: reply.data ?? null,
    faults: (reply.errors ?? []).map(({ message, path = [], extensions = {} }) => ({
      message: inOneLanguage(message),
      code: extensions.code ?? "INTERNAL_SERVER_ERROR",
      subgraph: extensions.subgraph,
      sector: extensions.sector,
      silentSince: extensions.silentSince,
      path,
    })),
    stale: reply.extensions?.stale ?? [],
  };
}

async function read<Answer>(response: Promise<Response>): Promise<Reply<Answer>> {
  try {
    return (await (await response).json()) as Reply<Answer>;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new HubUnreachable(String(error));
  }
}

/** Said before anything is executed: there is no data, not even null, and no place in it. */
const isUnknownDocument = ({ path, extensions }: ReplyError): boolean =>
  path === undefined && extensions?.code === "BAD_USER_INPUT";
