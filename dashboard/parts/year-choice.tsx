import { useLocation } from "preact-iso/router";
import { FIRST_YEAR, LAST_YEAR, lastWholeYear, withWords } from "../address";
import { useAddress } from "../use-address";
import { partTexts } from "./parts.messages";

/** The year and the reports that the view's figures are of; both stand in the address. */
export function YearChoice({ hasBasis = true }: { hasBasis?: boolean }) {
  return (
    <div class="choices" role="group">
      <YearSelect label={partTexts().year} word="nam" year={useAddress().year} />
      {hasBasis && <BasisSelect />}
    </div>
  );
}

/** A year of the plan that has begun, under the word of the address that holds it. */
export function YearSelect({ label, word, year }: { label: string; word: string; year: number }) {
  const { url, route } = useLocation();
  const last = Math.min(lastWholeYear() + 1, LAST_YEAR);
  const years = Array.from({ length: last - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index);
  return (
    <label>
      {label}{" "}
      <select
        value={String(year)}
        onChange={({ currentTarget }) => route(withWords(url, { [word]: currentTarget.value }))}
      >
        {[...new Set([...years, year])].map((each) => (
          <option key={each} value={String(each)}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Whether reports count once approved, or as soon as submitted. */
export function BasisSelect() {
  const { url, route } = useLocation();
  const texts = partTexts();
  return (
    <label>
      {texts.basis}{" "}
      <select
        value={useAddress().basis}
        onChange={({ currentTarget }) =>
          route(
            withWords(url, { solieu: currentTarget.value === "SUBMITTED" ? "da-nop" : undefined }),
          )
        }
      >
        <option value="APPROVED">{texts.approved}</option>
        <option value="SUBMITTED">{texts.submitted}</option>
      </select>
    </label>
  );
}
