import { useRef, useState } from "preact/hooks";

/** A step that is taken only with its reason: a field for it, and the button. */
export function ReasonedStep({
  label,
  help,
  needed,
  button,
  isBusy,
  onTake,
}: {
  label: string;
  help?: string;
  /** What is said where the reason is missing. */
  needed: string;
  button: string;
  isBusy: boolean;
  onTake: (reason: string) => void;
}) {
  const [isMissing, setIsMissing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const take = () => {
    const reason = field.current!.value.trim();
    setIsMissing(reason === "");
    if (reason === "") return field.current!.focus();
    onTake(reason);
  };
  return (
    <>
      <div class="field">
        <label for="reason">{label}</label>
        <textarea
          id="reason"
          ref={field}
          rows={2}
          maxLength={500}
          aria-invalid={isMissing}
          aria-describedby={help === undefined ? "reason-problem" : "reason-help reason-problem"}
        />
        {help !== undefined && (
          <p class="quiet" id="reason-help">
            {help}
          </p>
        )}
        <p class="field-problem" id="reason-problem" role="alert">
          {isMissing ? needed : ""}
        </p>
      </div>
      <button type="button" disabled={isBusy} onClick={take}>
        {button}
      </button>
    </>
  );
}
