import { useEffect, useRef, useState } from "preact/hooks";
import { language } from "../language/language";
import { ask, type Answered } from "./ask";
import { hubState } from "./hub-state";
import type { TrustedDocument } from "./trusted-document";

export interface Asking<Answer> extends Answered<Answer> {
  /** True while a question is on its way; `data` are then those of the question before, or null. */
  isAsking: boolean;
  /** The hub could not be reached. */
  isUnreachable: boolean;
  /** Asks the same again. */
  askAgain: () => void;
}

const NOTHING = { data: null, faults: [], stale: [], isUnreachable: false };

/**
 * Asks an operation, and again whenever its variables or the language change. The answer before stays until the next is
 * there, so that a page does not flicker; `isAsking` tells.
 */
export function useAnswer<Answer, Variables>(
  document: TrustedDocument<Answer, Variables>,
  variables: Variables,
): Asking<Answer> {
  const key = JSON.stringify([document.id, variables, language.value]);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{
    key: string;
    answer: Answered<Answer> & { isUnreachable: boolean };
  }>({ key: "", answer: NOTHING });
  const asked = useRef(variables);
  asked.current = variables;

  useEffect(() => {
    const controller = new AbortController();
    ask(document, asked.current, { signal: controller.signal }).then(
      (answer) => {
        if (controller.signal.aborted) return;
        hubState.heard(key, answer);
        setState({ key, answer: { ...answer, isUnreachable: false } });
      },
      () => {
        if (controller.signal.aborted) return;
        setState(({ answer }) => ({ key, answer: { ...answer, isUnreachable: true } }));
      },
    );
    return () => {
      controller.abort();
      hubState.left(key);
    };
  }, [key, attempt]);

  return {
    ...state.answer,
    isAsking: state.key !== key,
    askAgain: () => setAttempt((count) => count + 1),
  };
}
