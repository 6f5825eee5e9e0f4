import { session } from "../../hub/session";
import { either } from "../../language/language";
import { DataTable } from "../../parts/data-table";
import { CorrectionNote } from "./correction-note";
import { CorrectionStart } from "./correction-start";
import { entryTexts } from "./entry.messages";
import { ReasonedStep } from "./reasoned-step";
import type { ReportKind, WholeReport } from "./report-kinds";
import type { ReportsOfYear } from "./reports-of-year";
import { useStep } from "./use-step";
import { told } from "./written-value";

/** A report that has been sent, beside last year's; whoever may do more with it says here what becomes of it. */
export function ReportReading({
  kind,
  report,
  year,
  beside: { approved, lastYear },
  onJudged,
  onCorrectionBegun,
}: {
  kind: ReportKind;
  report: WholeReport;
  year: number;
  beside: Pick<ReportsOfYear, "approved" | "lastYear">;
  onJudged: () => void;
  onCorrectionBegun: () => void;
}) {
  const texts = entryTexts();
  const roles = session.value?.viewer?.roles ?? [];
  /** What counts while this correction of it waits. */
  const corrected = approved?.id === report.id ? null : approved;
  return (
    <>
      <p>
        {texts.state}: <strong>{texts.states[report.state]}</strong>
      </p>
      {corrected !== null && <CorrectionNote correction={report} />}
      <DataTable
        caption={texts.thisYear(year)}
        rows={kind.measures}
        keyOf={({ key }) => key}
        columns={[
          { name: texts.measure, cell: ({ vi, en }) => <span class="wrap">{either(vi, en)}</span> },
          {
            name: corrected === null ? texts.thisYear(year) : texts.correction,
            cell: ({ key }) => told(report[key], texts),
            isNumber: true,
          },
          ...(corrected === null
            ? []
            : [
                {
                  name: texts.states.APPROVED,
                  cell: ({ key }: { key: string }) => told(corrected[key], texts),
                  isNumber: true,
                },
              ]),
          {
            name: texts.thisYear(year - 1),
            cell: ({ key }) => told(lastYear?.[key], texts),
            isNumber: true,
          },
        ]}
      />
      {report.explanation !== null && (
        <p>
          {texts.explanation}: {report.explanation}
        </p>
      )}
      {report.state === "SUBMITTED" && roles.includes("APPROVER") && (
        <Judgement kind={kind} report={report} onJudged={onJudged} />
      )}
      {report.state === "APPROVED" && roles.includes("REPORTER") && (
        <CorrectionStart kind={kind} approved={report} onBegun={onCorrectionBegun} />
      )}
    </>
  );
}

function Judgement({
  kind,
  report,
  onJudged,
}: {
  kind: ReportKind;
  report: WholeReport;
  onJudged: () => void;
}) {
  const texts = entryTexts();
  const { isBusy, problem, take, takeWith } = useStep(report, onJudged);
  return (
    <div class="form">
      <div class="buttons">
        <button type="button" class="action" disabled={isBusy} onClick={() => take(kind.approve)}>
          {texts.approve}
        </button>
      </div>
      <ReasonedStep
        label={texts.reason}
        needed={texts.reasonNeeded}
        button={texts.sendBack}
        isBusy={isBusy}
        onTake={(reason) => takeWith(reason, kind.sendBack)}
      />
      <p class="field-problem" role="alert">
        {problem}
      </p>
    </div>
  );
}
