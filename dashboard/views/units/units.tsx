import { useLocation } from "preact-iso/router";
import { useState } from "preact/hooks";
import { withWords } from "../../address";
import { COMPARED_LISTS, isFound, readUnits } from "../../comparison/compared-unit";
import { EraChoice, IndicatorChoice, indicatorIn } from "../../comparison/comparison-choice";
import { comparisonTexts } from "../../comparison/comparison.messages";
import { ERAS, eraOf, type Era } from "../../comparison/era";
import { usePageTitle } from "../../frame/page-title";
import {
  UnitComparison,
  type IndicatorStatus,
  type UnitComparisonQuery,
} from "../../generated/unit-comparison";
import { useAnswer } from "../../hub/use-answer";
import { count } from "../../language/format";
import { hubTexts } from "../../language/hub.messages";
import { Awaited } from "../../parts/awaited";
import { useAddress } from "../../use-address";
import { TakeAlong } from "../../parts/take-along";
import { YearChoice } from "../../parts/year-choice";
import { Cartogram } from "./cartogram";
import { Legend } from "./legend";
import { UnitMap } from "./unit-map";
import { UnitTable } from "./unit-table";
import { unitsTexts } from "./units.messages";

/** All units of a time beside each other, by one indicator. */
export function Units() {
  const { query } = useLocation();
  const { year, basis } = useAddress();
  const era = eraOf(query.thoi);
  const texts = unitsTexts();
  usePageTitle(texts.title);
  const { asOf, type } = ERAS[era];
  const asking = useAnswer(UnitComparison, { asOf, type, year, basis });
  return (
    <>
      <h1>{texts.title}</h1>
      <YearChoice />
      <TakeAlong
        document={UnitComparison}
        variables={{ asOf, type, year, basis }}
        lists={COMPARED_LISTS}
      />
      <Awaited asking={asking}>{(data) => <Compared data={data} era={era} />}</Awaited>
    </>
  );
}

function Compared({ data, era }: { data: UnitComparisonQuery; era: Era }) {
  const { url, query, route } = useLocation();
  const texts = comparisonTexts();
  const [typed, setTyped] = useState("");
  const indicators = data.indicators ?? [];
  const indicator = indicatorIn(indicators, query.chitieu, "L3");
  const kind = indicators.find(({ code }) => code === indicator)?.kind ?? "SHARE";
  const all = readUnits(data);
  const status = statusIn(query.tinhtrang);
  const units = all.filter(
    (unit) =>
      isFound(unit, typed) &&
      (status === undefined || unit.figures.get(indicator)?.assessment?.status === status),
  );
  return (
    <>
      <div class="choices">
        <EraChoice />
        <IndicatorChoice
          label={texts.indicator}
          word="chitieu"
          chosen={indicator}
          indicators={indicators}
        />
        <label>
          {texts.status}{" "}
          <select
            value={status ?? ""}
            onChange={({ currentTarget: { value } }) =>
              route(withWords(url, { tinhtrang: value === "" ? undefined : value.toLowerCase() }))
            }
          >
            <option value="">{unitsTexts().anyStatus}</option>
            {STATUSES.map((each) => (
              <option key={each} value={each}>
                {hubTexts().status[each]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {texts.search}{" "}
          <input
            type="search"
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </label>
      </div>
      <p role="status">{texts.shown(count(units.length), count(all.length))}</p>
      <p class="quiet">{texts.reference}</p>
      <Legend kind={kind} />
      <UnitMap units={units} indicator={indicator} kind={kind} era={era} />
      <Cartogram units={units} indicator={indicator} kind={kind} era={era} />
      <UnitTable units={units} indicator={indicator} era={era} />
    </>
  );
}

const STATUSES: readonly IndicatorStatus[] = [
  "MET",
  "ON_TRACK",
  "BEHIND",
  "NO_DATA",
  "NOT_APPLICABLE",
];

const statusIn = (word: string | undefined): IndicatorStatus | undefined =>
  STATUSES.find((status) => status.toLowerCase() === word);
