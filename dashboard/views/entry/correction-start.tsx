import { entryTexts } from "./entry.messages";
import { ReasonedStep } from "./reasoned-step";
import type { ReportKind, WholeReport } from "./report-kinds";
import { useStep } from "./use-step";

/** Begins the correction of an approved report, which is locked: a revision of its own, with the approved values. */
export function CorrectionStart({
  kind,
  approved,
  onBegun,
}: {
  kind: ReportKind;
  approved: WholeReport;
  onBegun: () => void;
}) {
  const texts = entryTexts();
  const { isBusy, problem, takeWith } = useStep(approved, onBegun);
  return (
    <section class="form" aria-labelledby="correct">
      <h2 id="correct">{texts.toCorrect}</h2>
      <p>{texts.isApproved}</p>
      <ReasonedStep
        label={texts.correctionReason}
        help={texts.correctionReasonHelp}
        needed={texts.correctionReasonNeeded}
        button={texts.correct}
        isBusy={isBusy}
        onTake={(reason) => takeWith(reason, kind.revise)}
      />
      <p class="field-problem" role="alert">
        {problem}
      </p>
    </section>
  );
}
