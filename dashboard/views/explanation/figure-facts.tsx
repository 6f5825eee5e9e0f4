import { count, day, percent, points } from "../../language/format";
import { hubTexts } from "../../language/hub.messages";
import { either } from "../../language/language";
import { DataTable } from "../../parts/data-table";
import { FigureNotes } from "../../parts/figure-notes";
import { useAddress } from "../../use-address";
import type { ExplainedFigure } from "./explanation";
import { explanationTexts } from "./explanation.messages";

/** The formula, what the plan says, how it was judged, under which ruling, and each sector's part. */
export function FigureFacts({ figure }: { figure: ExplainedFigure }) {
  const { basis } = useAddress();
  const texts = explanationTexts();
  const { indicator, explanation, assessment, ruling, lowerBound, upperBound, shares } = figure;
  const words = hubTexts();
  return (
    <>
      <FigureNotes figure={figure} basis={basis} />
      <dl class="facts">
        {explanation && (
          <>
            <dt>{texts.formula}</dt>
            <dd>{either(explanation.formula, explanation.formulaEn)}</dd>
          </>
        )}
        <dt>{texts.numerator}</dt>
        <dd>{count(figure.numerator)}</dd>
        <dt>{texts.denominator}</dt>
        <dd>{count(figure.denominator)}</dd>
        <dt>{texts.reported}</dt>
        <dd>{count(figure.reported)}</dd>
        {lowerBound !== null && upperBound !== null && lowerBound !== upperBound && (
          <>
            <dt>{texts.bounds}</dt>
            <dd>{texts.boundsOf(percent(lowerBound), percent(upperBound))}</dd>
          </>
        )}
        {indicator && (
          <>
            <dt>{texts.condition}</dt>
            <dd>{either(indicator.condition, indicator.conditionEn)}</dd>
            <dt>{texts.clause}</dt>
            <dd>{indicator.planSection}</dd>
            <dt>{texts.milestones}</dt>
            <dd>
              {indicator.milestones
                .map(({ wording, wordingEn }) => either(wording, wordingEn))
                .join("; ")}
            </dd>
          </>
        )}
        {assessment && (
          <>
            <dt>{texts.judged}</dt>
            <dd>
              {words.status[assessment.status]}
              {assessment.gap !== null && ` (${points(assessment.gap)})`}.{" "}
              {either(assessment.rule, assessment.ruleEn)}
            </dd>
          </>
        )}
        {ruling && (
          <>
            <dt>{texts.ruling}</dt>
            <dd>
              {words.ruling[ruling.basis]}, {day(ruling.classEndedOn)}: {ruling.citation}
            </dd>
          </>
        )}
        {indicator?.note != null && (
          <>
            <dt>{texts.note}</dt>
            <dd>{either(indicator.note, indicator.noteEn)}</dd>
          </>
        )}
      </dl>
      {shares.length > 1 && <Shares figure={figure} />}
    </>
  );
}

function Shares({ figure: { shares } }: { figure: ExplainedFigure }) {
  const texts = explanationTexts();
  const told = (value: number | null, suppressed: boolean) =>
    suppressed ? texts.withheld : count(value);
  return (
    <DataTable
      caption={texts.shares}
      rows={shares}
      keyOf={({ sector }) => sector}
      columns={[
        { name: texts.sector, cell: ({ sector }) => hubTexts().sector[sector] },
        {
          name: texts.numerator,
          cell: ({ numerator, suppressed }) => told(numerator, suppressed),
          isNumber: true,
        },
        {
          name: texts.denominator,
          cell: ({ denominator, suppressed }) => told(denominator, suppressed),
          isNumber: true,
        },
        {
          name: texts.reported,
          cell: ({ reported, suppressed }) => told(reported, suppressed),
          isNumber: true,
        },
      ]}
    />
  );
}
