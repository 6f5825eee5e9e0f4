import { useLocation } from "preact-iso/router";
import { useMemo, useState } from "preact/hooks";
import { FIRST_YEAR, LAST_YEAR, withWords } from "../../address";
import { COMPARED_LISTS, isFound, readUnits } from "../../comparison/compared-unit";
import { EraChoice, IndicatorChoice, indicatorIn } from "../../comparison/comparison-choice";
import { comparisonTexts } from "../../comparison/comparison.messages";
import { ERAS, eraOf, type Era } from "../../comparison/era";
import { usePageTitle } from "../../frame/page-title";
import { UnitComparison, type UnitComparisonQuery } from "../../generated/unit-comparison";
import { useAnswer } from "../../hub/use-answer";
import { count } from "../../language/format";
import { Awaited } from "../../parts/awaited";
import { TableLinks, TakeAlong } from "../../parts/take-along";
import { BasisSelect, YearSelect } from "../../parts/year-choice";
import { useAddress } from "../../use-address";
import { explorerTexts } from "./explorer.messages";
import { isWanted, PAIR_FILTER_NAMES, pairFilterIn, pairsOf } from "./pair";
import { PairTable } from "./pair-table";
import { Scatter } from "./scatter";

/** Two indicators of any two sectors, or two years of one, across the units of a time. */
export function Explorer() {
  const { query } = useLocation();
  const { year } = useAddress();
  const texts = explorerTexts();
  usePageTitle(texts.title);
  const xYear = yearIn(query.namngang, year);
  const yYear = yearIn(query.namdoc, year);
  const era = eraOf(query.thoi);
  return (
    <>
      <h1>{texts.title}</h1>
      <p>{texts.help}</p>
      {xYear === yYear ? (
        <OneYear era={era} year={xYear} />
      ) : (
        <TwoYears era={era} xYear={xYear} yYear={yYear} />
      )}
    </>
  );
}

function useQuestion(era: Era, year: number) {
  const { asOf, type } = ERAS[era];
  return { asOf, type, year, basis: useAddress().basis };
}

function OneYear({ era, year }: { era: Era; year: number }) {
  const question = useQuestion(era, year);
  const asking = useAnswer(UnitComparison, question);
  return (
    <>
      <TakeAlong document={UnitComparison} variables={question} lists={COMPARED_LISTS} />
      <Awaited asking={asking}>
        {(data) => <Compared era={era} x={{ data, year }} y={{ data, year }} />}
      </Awaited>
    </>
  );
}

function TwoYears({ era, xYear, yYear }: { era: Era; xYear: number; yYear: number }) {
  const xQuestion = useQuestion(era, xYear);
  const yQuestion = useQuestion(era, yYear);
  const xAsking = useAnswer(UnitComparison, xQuestion);
  const yAsking = useAnswer(UnitComparison, yQuestion);
  return (
    <>
      <TakeAlong document={UnitComparison} variables={xQuestion} lists={COMPARED_LISTS} />
      <p class="export">
        <TableLinks
          document={UnitComparison}
          variables={yQuestion}
          lists={COMPARED_LISTS}
          of={String(yYear)}
        />
      </p>
      <Awaited asking={xAsking}>
        {(x) => (
          <Awaited asking={yAsking}>
            {(y) => (
              <Compared era={era} x={{ data: x, year: xYear }} y={{ data: y, year: yYear }} />
            )}
          </Awaited>
        )}
      </Awaited>
    </>
  );
}

interface Side {
  data: UnitComparisonQuery;
  year: number;
}

function Compared({ era, x, y }: { era: Era; x: Side; y: Side }) {
  const { url, query, route } = useLocation();
  const texts = explorerTexts();
  const common = comparisonTexts();
  const [typed, setTyped] = useState("");
  const indicators = x.data.indicators ?? [];
  const xCode = indicatorIn(indicators, query.ngang, "L3");
  const yCode = indicatorIn(indicators, query.doc, "C2");
  const filter = pairFilterIn(query.loc);
  const all = useMemo(
    () => pairsOf(readUnits(x.data), xCode, readUnits(y.data), yCode),
    [x.data, y.data, xCode, yCode],
  );
  const districts = [...new Set(all.map(({ unit }) => unit.district?.name ?? ""))].filter(Boolean);
  const pairs = all.filter(
    (pair) =>
      isWanted(pair, filter) &&
      isFound(pair.unit, typed) &&
      (query.huyen === undefined || pair.unit.district?.name === query.huyen),
  );
  const names = { x: texts.of(xCode, x.year), y: texts.of(yCode, y.year) };
  return (
    <>
      <div class="choices">
        <IndicatorChoice
          label={texts.horizontal}
          word="ngang"
          chosen={xCode}
          indicators={indicators}
        />
        <YearSelect label={texts.horizontalYear} word="namngang" year={x.year} />
        <IndicatorChoice label={texts.vertical} word="doc" chosen={yCode} indicators={indicators} />
        <YearSelect label={texts.verticalYear} word="namdoc" year={y.year} />
      </div>
      <div class="choices">
        <BasisSelect />
        <EraChoice />
        {districts.length > 0 && (
          <label>
            {common.district}{" "}
            <select
              value={query.huyen ?? ""}
              onChange={({ currentTarget: { value } }) =>
                route(withWords(url, { huyen: value === "" ? undefined : value }))
              }
            >
              <option value="">{texts.anyDistrict}</option>
              {districts.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {texts.standing}{" "}
          <select
            value={filter ?? ""}
            onChange={({ currentTarget: { value } }) =>
              route(withWords(url, { loc: value === "" ? undefined : value }))
            }
          >
            <option value="">{texts.anyStanding}</option>
            {PAIR_FILTER_NAMES.map((name) => (
              <option key={name} value={name}>
                {texts.filter[name]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {common.search}{" "}
          <input
            type="search"
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </label>
      </div>
      <p role="status">{common.shown(count(pairs.length), count(all.length))}</p>
      <p class="quiet">{common.reference}</p>
      <Scatter pairs={pairs} names={names} />
      <PairTable pairs={pairs} names={names} era={era} />
    </>
  );
}

function yearIn(word: string | undefined, preset: number): number {
  const year = Number(word);
  return Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR ? year : preset;
}
