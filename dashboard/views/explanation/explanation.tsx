import { useLocation, useRoute } from "preact-iso/router";
import { withWords } from "../../address";
import { usePageTitle } from "../../frame/page-title";
import { FigureExplanation, type FigureExplanationQuery } from "../../generated/figure-explanation";
import { useAnswer } from "../../hub/use-answer";
import { percent } from "../../language/format";
import { either, language } from "../../language/language";
import { Link } from "../../link";
import { Awaited } from "../../parts/awaited";
import { StatusBadge } from "../../parts/status-badge";
import { TakeAlong } from "../../parts/take-along";
import { YearChoice } from "../../parts/year-choice";
import { useAddress } from "../../use-address";
import { explanationTexts } from "./explanation.messages";
import { ExplainedLists } from "./explained-lists";
import "../progress/progress.css";
import { FigureFacts } from "./figure-facts";

type ExplainedUnit = NonNullable<FigureExplanationQuery["administrativeUnit"]>;
export type ExplainedFigure = NonNullable<ExplainedUnit["libraryIndicators"]>[number];

/** Where the answer holds the figures, by the first letter of their codes. */
const LISTS_OF_KIND: Readonly<Record<string, readonly string[]>> = {
  L: ["administrativeUnit.libraryIndicators"],
  M: ["administrativeUnit.museumIndicators"],
  C: ["administrativeUnit.culturalCentreIndicators"],
};

/** Everything that a figure rests on. Its address opens it again. */
export default function Explanation() {
  const { code = "", indicator = "" } = useRoute().params;
  const { year, basis, day } = useAddress();
  const texts = explanationTexts();
  usePageTitle(texts.title(indicator));
  const variables = {
    code,
    ...(day !== undefined && { asOf: day }),
    year,
    basis,
    codes: [indicator],
    withLibraries: indicator.startsWith("L"),
    withMuseums: indicator.startsWith("M"),
    withCulturalCentres: indicator.startsWith("C"),
  };
  const asking = useAnswer(FigureExplanation, variables);
  return (
    <>
      <h1>{texts.title(indicator)}</h1>
      <YearChoice />
      <p>
        <Link to={code === "12" ? "/" : `/don-vi/${code}`} words={{ ngay: day }}>
          {texts.back}
        </Link>
      </p>
      <Awaited asking={asking}>
        {(data) => {
          const unit = data.administrativeUnit;
          const figure = figureIn(data, indicator);
          return unit === null || figure === undefined ? (
            <p class="problem">{texts.none}</p>
          ) : (
            <>
              <p class="lead">{texts.of(either(unit.name, unit.nameEn), year)}</p>
              <Headline figure={figure} />
              <FigureFacts figure={figure} />
              <ExplainedLists
                figure={figure}
                variables={variables}
                figureIn={(answer) => figureIn(answer, indicator)}
              />
              <TakeAlong
                document={FigureExplanation}
                variables={variables}
                lists={LISTS_OF_KIND[indicator.charAt(0)] ?? []}
              />
              <Permalink />
            </>
          );
        }}
      </Awaited>
    </>
  );
}

function figureIn(
  { administrativeUnit }: FigureExplanationQuery,
  code: string,
): ExplainedFigure | undefined {
  return [
    ...(administrativeUnit?.libraryIndicators ?? []),
    ...(administrativeUnit?.museumIndicators ?? []),
    ...(administrativeUnit?.culturalCentreIndicators ?? []),
  ].find(({ indicator }) => indicator?.code === code);
}

function Headline({ figure: { indicator, value, assessment } }: { figure: ExplainedFigure }) {
  return (
    <>
      <h2>{indicator && either(indicator.name, indicator.nameEn)}</h2>
      <p class="headline">
        <strong class="value">{percent(value)}</strong>
        {assessment && <StatusBadge status={assessment.status} />}
      </p>
    </>
  );
}

/** Says year, reports and language outright, whatever the reader's presets are. */
function Permalink() {
  const { url } = useLocation();
  const { year, basis } = useAddress();
  const words = {
    nam: year,
    solieu: basis === "SUBMITTED" ? "da-nop" : undefined,
    ngonngu: language.value,
  };
  const href = new URL(withWords(url, words), location.origin).href;
  return (
    <p class="permalink">
      {explanationTexts().permalink}: <a href={href}>{href}</a>
    </p>
  );
}
