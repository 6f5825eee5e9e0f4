import { useMemo } from "preact/hooks";
import { useAddress } from "../../use-address";
import { usePageTitle } from "../../frame/page-title";
import { UnitProgress } from "../../generated/unit-progress";
import { useAnswer } from "../../hub/use-answer";
import { Awaited } from "../../parts/awaited";
import { TakeAlong } from "../../parts/take-along";
import { YearChoice } from "../../parts/year-choice";
import { FigureGroups } from "../progress/figure-groups";
import { figureGroups, type ProgressUnit } from "../progress/figures";
import { FIGURE_LISTS, progressQuestion, PROVINCE } from "../progress/progress-question";
import { Standing } from "../progress/standing";
import { provinceTexts } from "./province.messages";

/** Where the province stands against its plan. */
export function Province() {
  const address = useAddress();
  const texts = provinceTexts();
  usePageTitle(undefined);
  const variables = progressQuestion(PROVINCE, { ...address, day: undefined });
  const asking = useAnswer(UnitProgress, variables);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead(address.year)}</p>
      <YearChoice />
      <TakeAlong document={UnitProgress} variables={variables} lists={FIGURE_LISTS} />
      <Awaited asking={asking}>
        {({ administrativeUnit }) => administrativeUnit && <Figures unit={administrativeUnit} />}
      </Awaited>
    </>
  );
}

function Figures({ unit }: { unit: ProgressUnit }) {
  const { basis } = useAddress();
  const groups = useMemo(() => figureGroups(unit), [unit]);
  return (
    <>
      <Standing groups={groups} />
      <FigureGroups groups={groups} unitCode={unit.code} day={undefined} basis={basis} />
    </>
  );
}
