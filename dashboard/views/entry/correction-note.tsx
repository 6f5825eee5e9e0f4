import { useEffect, useRef } from "preact/hooks";
import { entryTexts } from "./entry.messages";
import type { WholeReport } from "./report-kinds";
import { reasonOf } from "./reports-of-year";

/** Says of a report that it corrects one which goes on counting meanwhile; whoever has just begun it is brought here. */
export function CorrectionNote({
  correction,
  isJustBegun = false,
}: {
  correction: WholeReport;
  isJustBegun?: boolean;
}) {
  const texts = entryTexts();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isJustBegun) place.current?.focus();
  }, []);
  const reason = reasonOf(correction);
  return (
    <div class="note" tabIndex={-1} ref={place}>
      <p>
        <strong>{texts.isCorrection(correction.revision)}</strong> {texts.figuresStay}
      </p>
      {reason !== undefined && <p>{texts.correctedFor(reason)}</p>}
    </div>
  );
}
