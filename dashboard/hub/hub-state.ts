import { computed, signal } from "@preact/signals";
import type { Answered, Stale } from "./ask";

/** A subgraph or sector that does not answer. */
export interface Silence {
  subgraph: string;
  sector: string | undefined;
  /** The instant since which there is no answer. Undefined: not known. */
  since: string | undefined;
  /** The instant of what is shown in its place. Undefined: nothing is. */
  answeredAt: string | undefined;
  message: string;
}

type Heard = Answered<unknown>;

const heard = signal<ReadonlyMap<string, Heard>>(new Map());

const answeredAt = (stale: readonly Stale[], subgraph: string, sector: string | undefined) =>
  stale
    .filter((each) => each.subgraph === subgraph)
    .find(({ sectors }) => sector === undefined || sectors.length === 0 || sectors.includes(sector))
    ?.answeredAt;

/** Whether `demonstration: true` stands anywhere in the answer. */
function isMarked(data: unknown): boolean {
  if (typeof data !== "object" || data === null) return false;
  return (
    (data as { demonstration?: unknown }).demonstration === true ||
    Object.values(data).some(isMarked)
  );
}

/** What the answers on the page say of the hub: who is silent. */
export const hubState = {
  heard(question: string, answer: Heard): void {
    heard.value = new Map(heard.peek()).set(question, answer);
  },
  left(question: string): void {
    const others = new Map(heard.peek());
    others.delete(question);
    heard.value = others;
  },
  /** Whether any answer holds invented data. */
  isDemonstration: computed(() => [...heard.value.values()].some(({ data }) => isMarked(data))),
  /** Whoever does not answer, each once. */
  silences: computed(() => {
    const found = new Map<string, Silence>();
    for (const { faults, stale } of heard.value.values()) {
      for (const { subgraph, sector, silentSince, message, code } of faults) {
        if (subgraph === undefined || code !== "SUBGRAPH_UNAVAILABLE") continue;
        found.set(`${subgraph} ${sector ?? ""}`, {
          subgraph,
          sector,
          since: silentSince,
          answeredAt: answeredAt(stale, subgraph, sector),
          message,
        });
      }
    }
    return [...found.values()];
  }),
};
