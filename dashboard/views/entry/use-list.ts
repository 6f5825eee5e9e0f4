import { useEffect, useState } from "preact/hooks";
import { ask } from "../../hub/ask";
import { hubState } from "../../hub/hub-state";
import { language } from "../../language/language";
import type { ListedInstitution, ListVariables, ReportKind } from "./report-kinds";

export interface Listing {
  nodes: readonly ListedInstitution[];
  /** Reads the next page. Undefined: all are there. */
  more: (() => void) | undefined;
  isLoading: boolean;
  /** Why it could not be read. */
  problem: string | undefined;
  askAgain: () => void;
}

type Question = Omit<ListVariables, "unit" | "after">;

/** How a token names a unit: by the id of a version, or by its code. */
const unitInput = (unit: string) => (unit.startsWith("unit:") ? { id: unit } : { code: unit });

/** Institutions of the officer's units, page by page, unit by unit; of the year only those that were open in it. */
export function useList(
  kind: ReportKind,
  units: readonly string[],
  question: Question,
  unreachable: string,
): Listing {
  const key = JSON.stringify([kind.word, units, question, language.value]);
  const [attempt, setAttempt] = useState(0);
  const [nodes, setNodes] = useState<readonly ListedInstitution[]>([]);
  const [next, setNext] = useState<{ unit: number; after?: string } | undefined>();
  const [isLoading, setIsLoading] = useState(true);
  const [problem, setProblem] = useState<string | undefined>();

  const read = async (at: { unit: number; after?: string }, signal?: AbortSignal) => {
    const unit = units[at.unit];
    if (unit === undefined) {
      setNext(undefined);
      return setIsLoading(false);
    }
    setIsLoading(true);
    const variables = { ...question, unit: unitInput(unit), ...(at.after && { after: at.after }) };
    const answer = await ask(kind.list, variables, signal && { signal });
    if (signal?.aborted) return;
    hubState.heard(kind.list.name, answer);
    const { data, faults } = answer;
    setIsLoading(false);
    const page = data?.page;
    if (!page) return setProblem(faults[0]?.message ?? unreachable);
    const found = page.nodes.filter((each) => wasOpenIn(each, question.year));
    setNodes((before) => [...before, ...found]);
    const { hasNextPage, endCursor } = page.pageInfo;
    const isLast = !hasNextPage && at.unit + 1 >= units.length;
    setNext(
      isLast
        ? undefined
        : hasNextPage && endCursor !== null
          ? { unit: at.unit, after: endCursor }
          : { unit: at.unit + 1 },
    );
  };
  const readOrTell = (at: { unit: number; after?: string }, signal?: AbortSignal) => {
    setProblem(undefined);
    read(at, signal).catch(() => {
      if (signal?.aborted) return;
      setIsLoading(false);
      setProblem(unreachable);
    });
  };

  useEffect(() => {
    const controller = new AbortController();
    setNodes([]);
    setNext(undefined);
    readOrTell({ unit: 0 }, controller.signal);
    return () => {
      controller.abort();
      hubState.left(kind.list.name);
    };
  }, [key, attempt]);

  return {
    nodes,
    more: next && (() => readOrTell(next)),
    isLoading,
    problem,
    askAgain: () => setAttempt((count) => count + 1),
  };
}

const wasOpenIn = ({ openedOn, closedOn }: ListedInstitution, year: number): boolean =>
  (openedOn === null || openedOn <= `${year}-12-31`) &&
  (closedOn === null || closedOn > `${year}-01-01`);
