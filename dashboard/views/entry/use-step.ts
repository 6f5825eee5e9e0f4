import { useRef, useState } from "preact/hooks";
import { carryOut, type Carried } from "./carry-out";
import { entryTexts } from "./entry.messages";
import { newKey } from "./idempotency-key";
import type { ReasonedStep, ReportKind, Step, WholeReport } from "./report-kinds";

export interface Stepping {
  isBusy: boolean;
  /** Why the report did not go a step further. */
  problem: string | undefined;
  take: (document: ReportKind["approve"]) => void;
  /** A step that needs its reason, which may be blank no longer. */
  takeWith: (reason: string, document: ReportKind["sendBack"]) => void;
}

/** One step in the life of a report that has been sent, sent again under the same key while it is not known to be done. */
export function useStep({ id, version }: WholeReport, onDone: () => void): Stepping {
  const texts = entryTexts();
  const [problem, setProblem] = useState<string | undefined>();
  const [isBusy, setIsBusy] = useState(false);
  const key = useRef(newKey());
  const told = (carried: Exclude<Carried, { outcome: "DONE" }>): string => {
    if (carried.outcome === "WRONG") return carried.errors.map(({ message }) => message).join(" ");
    if (carried.outcome === "REFUSED") return carried.message;
    return carried.outcome === "SIGNED_OUT" ? texts.signInAgain : texts.notSent;
  };
  const carry = async (work: () => Promise<Carried>) => {
    setIsBusy(true);
    setProblem(undefined);
    const carried = await work();
    setIsBusy(false);
    if (carried.outcome === "DONE") return onDone();
    if (carried.outcome !== "UNREACHABLE") key.current = newKey();
    setProblem(told(carried));
  };
  const step = (): Step["input"] => ({ idempotencyKey: key.current, id, version });
  const reasoned = (reason: string): ReasonedStep["input"] => ({ ...step(), reason });
  return {
    isBusy,
    problem,
    take: (document) => void carry(() => carryOut(document, { input: step() })),
    takeWith: (reason, document) =>
      void carry(() => carryOut(document, { input: reasoned(reason) })),
  };
}
