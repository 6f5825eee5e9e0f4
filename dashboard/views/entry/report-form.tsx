import { useEffect, useRef, useState } from "preact/hooks";
import { instant } from "../../language/format";
import { either } from "../../language/language";
import { Link } from "../../link";
import { CorrectionNote } from "./correction-note";
import type { DraftPlace } from "./device-draft";
import { entryTexts } from "./entry.messages";
import { MeasureRow } from "./measure-row";
import type { ReportKind, UserError, WholeReport } from "./report-kinds";
import type { ReportsOfYear } from "./reports-of-year";
import { useReportDraft, type ReportDraft, type Told } from "./use-report-draft";
import { told as toldValue, writtenOf } from "./written-value";

/** The form of one report, last year's values beside it. */
export function ReportForm({
  kind,
  place,
  atHub,
  beside: { approved, lastYear },
  isJustBegun,
  readAnew,
}: {
  kind: ReportKind;
  place: DraftPlace;
  /** The draft at the hub. Null: none is begun. */
  atHub: WholeReport | null;
  beside: Pick<ReportsOfYear, "approved" | "lastYear">;
  /** Whether the correction was begun on this page. */
  isJustBegun: boolean;
  readAnew: () => void;
}) {
  const texts = entryTexts();
  const draft = useReportDraft(kind, place, atHub, readAnew, texts.wholeNumber);
  /** What was read before the other's changes must not be shown as what the hub has now. */
  const [comparing, setComparing] = useState<"no" | "awaited" | "yes">("no");
  const known = useRef(atHub);
  useEffect(() => {
    if (known.current === atHub) return;
    known.current = atHub;
    if (comparing === "no") return;
    setComparing("yes");
    draft.goOnFrom(atHub);
  }, [atHub]);
  const problemsAt = (key: string) =>
    draft.errors.filter(({ path }) => path.at(-1) === key).map((error) => inWords(error, texts));
  const asksWhy =
    draft.explanation !== "" || draft.errors.some(({ code }) => code === "EXPLANATION_NEEDED");
  const nowAtHub = (key: string) => {
    const there = atHub?.[key];
    if (comparing !== "yes" || writtenOf(there) === draft.written[key]) return undefined;
    return toldValue(there, texts);
  };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void draft.save();
      }}
    >
      {atHub !== null && approved !== null && (
        <CorrectionNote correction={atHub} isJustBegun={isJustBegun} />
      )}
      {atHub?.returnReason != null && <p class="note">{texts.returnedFor(atHub.returnReason)}</p>}
      {draft.restoredFrom !== undefined && (
        <p class="note">
          {texts.fromDevice(instant(draft.restoredFrom))}{" "}
          <button type="button" onClick={draft.dropDevice}>
            {texts.dropDevice}
          </button>
        </p>
      )}
      {!draft.isKept && <p class="note">{texts.notKept}</p>}
      <Problems
        kind={kind}
        draft={draft}
        onReadAnew={() => {
          setComparing("awaited");
          readAnew();
        }}
      />
      <p class="quiet">{texts.help}</p>
      {kind.measures.map((measure) => (
        <MeasureRow
          key={measure.key}
          measure={measure}
          written={draft.written[measure.key] ?? ""}
          onWrite={(value) => draft.write(measure.key, value)}
          lastYear={place.year - 1}
          lastValue={lastYear?.[measure.key]}
          approved={approved === null ? undefined : toldValue(approved[measure.key], texts)}
          nowAtHub={nowAtHub(measure.key)}
          problems={problemsAt(measure.key)}
        />
      ))}
      {asksWhy && (
        <div class="field">
          <label for="explanation">{texts.explanation}</label>
          <textarea
            id="explanation"
            rows={3}
            maxLength={500}
            value={draft.explanation}
            aria-describedby="explanation-help explanation-problem"
            onInput={({ currentTarget }) => draft.explain(currentTarget.value)}
          />
          <p class="quiet" id="explanation-help">
            {texts.explanationHelp}
          </p>
          <p class="field-problem" id="explanation-problem">
            {problemsAt("explanation").join(" ")}
          </p>
        </div>
      )}
      <div class="buttons">
        <button type="submit" disabled={draft.isBusy}>
          {texts.save}
        </button>
        <button
          type="button"
          class="action"
          disabled={draft.isBusy}
          onClick={() => void draft.submit()}
        >
          {texts.submit}
        </button>
      </div>
      <Status told={draft.told} />
    </form>
  );
}

type Words = ReturnType<typeof entryTexts>;

/** The hub's words speak of the contract's names, which the form calls otherwise. */
const inWords = ({ message }: UserError, texts: Words) =>
  message.replace("`explanation`", `“${texts.explanation}”`);

/** Everything that is to be mended, each leading to its field; whoever types is brought here. */
function Problems({
  kind,
  draft: { errors, refusal, isStale },
  onReadAnew,
}: {
  kind: ReportKind;
  draft: ReportDraft;
  onReadAnew: () => void;
}) {
  const texts = entryTexts();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0 || refusal !== undefined) place.current?.focus();
  }, [errors, refusal]);
  if (errors.length === 0 && refusal === undefined) return null;
  const nameOf = ({ path }: UserError) => {
    const measure = kind.measures.find(({ key }) => key === path.at(-1));
    return measure && { key: measure.key, name: either(measure.vi, measure.en) };
  };
  return (
    <div class="problem-list" role="alert" tabIndex={-1} ref={place}>
      <h2>{isStale ? texts.stale : (refusal ?? texts.problems(errors.length))}</h2>
      <ul>
        {errors.map((error) => {
          const field = nameOf(error);
          return (
            <li key={error.path.join()}>
              {field ? (
                <a
                  href={`#${field.key}`}
                  onClick={(event) => {
                    event.preventDefault();
                    document.getElementById(field.key)?.focus();
                  }}
                >
                  {field.name}
                </a>
              ) : (
                inWords(error, texts)
              )}
            </li>
          );
        })}
      </ul>
      {isStale && (
        <button type="button" onClick={onReadAnew}>
          {texts.readAnew}
        </button>
      )}
    </div>
  );
}

function Status({ told }: { told: Told | undefined }) {
  const texts = entryTexts();
  const words: Readonly<Record<Told, string>> = {
    SAVED: texts.saved,
    SUBMITTED: texts.submitted,
    KEPT_ON_DEVICE: texts.keptOnDevice,
    NOT_SENT: texts.notSent,
    SIGNED_OUT: texts.signInAgain,
  };
  const isDone = told === "SAVED" || told === "SUBMITTED";
  return (
    <div role="status">
      {told && <p class={isDone ? "done" : "note"}>{words[told]}</p>}
      {told === "SIGNED_OUT" && <Link to="/dang-nhap">{texts.signIn}</Link>}
    </div>
  );
}
