import { either } from "../../language/language";
import { entryTexts } from "./entry.messages";
import type { MeasureField } from "./measure-fields";
import { told, type Written } from "./written-value";

/** One measure of a report: its field, what was reported last year beside it, and what is wrong with it below. */
export function MeasureRow({
  measure,
  written,
  onWrite,
  lastYear,
  lastValue,
  approved,
  nowAtHub,
  problems,
}: {
  measure: MeasureField;
  written: Written;
  onWrite: (value: Written) => void;
  lastYear: number;
  lastValue: unknown;
  /** What counts until the correction is approved. Undefined: nothing is approved of this year. */
  approved: string | undefined;
  /** What the hub has by now, where that is something else. Undefined: the same, or not compared. */
  nowAtHub: string | undefined;
  problems: readonly string[];
}) {
  const texts = entryTexts();
  const { key, kind } = measure;
  const described = {
    id: key,
    name: key,
    "aria-invalid": problems.length > 0,
    "aria-describedby": `${key}-beside ${key}-problem`,
  };
  const typed = (event: { currentTarget: { value: string } }) => onWrite(event.currentTarget.value);
  return (
    <div class="measure field">
      <div>
        <label for={key}>{either(measure.vi, measure.en)}</label>
        <p class="beside" id={`${key}-beside`}>
          {texts.lastYear(lastYear)}
          {told(lastValue, texts)}
          {approved !== undefined && <> · {texts.approvedValue(approved)}</>}
          {kind === "TEXT_LIST" && <> · {texts.listHelp}</>}
          {nowAtHub !== undefined && <strong> · {texts.atHub(nowAtHub)}</strong>}
        </p>
      </div>
      {kind === "YES_NO" ? (
        <select {...described} value={written} onChange={typed}>
          <option value="">{texts.notReported}</option>
          <option value="yes">{texts.yes}</option>
          <option value="no">{texts.no}</option>
        </select>
      ) : kind === "COUNT" ? (
        <input
          {...described}
          type="text"
          inputMode="numeric"
          autocomplete="off"
          value={written}
          onInput={typed}
        />
      ) : (
        <textarea {...described} rows={3} value={written} onInput={typed} />
      )}
      <p class="field-problem" id={`${key}-problem`}>
        {problems.join(" ")}
      </p>
    </div>
  );
}
