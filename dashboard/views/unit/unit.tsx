import { useMemo } from "preact/hooks";
import { useRoute } from "preact-iso/router";
import { usePageTitle } from "../../frame/page-title";
import { UnitInstitutions } from "../../generated/unit-institutions";
import { UnitProgress } from "../../generated/unit-progress";
import { useAnswer } from "../../hub/use-answer";
import { either } from "../../language/language";
import { Awaited } from "../../parts/awaited";
import { TakeAlong } from "../../parts/take-along";
import { YearChoice } from "../../parts/year-choice";
import { useAddress } from "../../use-address";
import { FigureGroups } from "../progress/figure-groups";
import { figureGroups, type ProgressUnit } from "../progress/figures";
import { FIGURE_LISTS, progressQuestion } from "../progress/progress-question";
import { Standing } from "../progress/standing";
import { InstitutionLists } from "../records/institution-lists";
import { UnitFacts } from "./unit-facts";
import { unitTexts } from "./unit.messages";

/** One unit of either era: what it is and was, its figures, its institutions. */
export default function Unit() {
  const { code = "" } = useRoute().params;
  const address = useAddress();
  const texts = unitTexts();
  const variables = progressQuestion(code, address);
  const asking = useAnswer(UnitProgress, variables);
  const unit = asking.data?.administrativeUnit;
  const name = unit ? either(unit.name, unit.nameEn) : texts.unit;
  usePageTitle(name);
  return (
    <>
      <h1>{name}</h1>
      <YearChoice />
      <TakeAlong document={UnitProgress} variables={variables} lists={FIGURE_LISTS} />
      <Awaited asking={asking}>
        {({ administrativeUnit }) =>
          administrativeUnit === null ? (
            <div class="problem">
              <p>
                <strong>{texts.noUnit}.</strong> {texts.noUnitHelp(code)}
              </p>
            </div>
          ) : (
            <Found unit={administrativeUnit} />
          )
        }
      </Awaited>
      {unit && <Institutions code={code} />}
    </>
  );
}

function Found({ unit }: { unit: ProgressUnit }) {
  const { basis, day } = useAddress();
  const texts = unitTexts();
  const groups = useMemo(() => figureGroups(unit), [unit]);
  const isReference = groups.some(({ figures }) =>
    figures?.some(({ figure }) => figure.assessment?.isReference),
  );
  return (
    <>
      <UnitFacts unit={unit} />
      {isReference && <p class="reference">{texts.reference}</p>}
      <Standing groups={groups} />
      <FigureGroups groups={groups} unitCode={unit.code} day={day} basis={basis} />
    </>
  );
}

function Institutions({ code }: { code: string }) {
  const { year, day } = useAddress();
  const variables = {
    code,
    ...(day !== undefined && { asOf: day }),
    operatingOn: `${year}-12-31`,
    year,
    first: 20,
  };
  const asking = useAnswer(UnitInstitutions, variables);
  return (
    <Awaited asking={asking}>
      {({ administrativeUnit }) =>
        administrativeUnit && (
          <InstitutionLists
            lists={administrativeUnit}
            document={UnitInstitutions}
            variables={variables}
            listsIn={(answer) => answer.administrativeUnit}
            path="administrativeUnit."
          />
        )
      }
    </Awaited>
  );
}
