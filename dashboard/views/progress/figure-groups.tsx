import type { Basis } from "../../address";
import "./progress.css";
import { toldOf } from "../../frame/silences";
import { hubState } from "../../hub/hub-state";
import { FigureCard } from "./figure-card";
import type { FigureGroup } from "./figures";
import { progressTexts } from "./progress.messages";

/** All targets of a unit, by the institutions that they are about. */
export function FigureGroups({
  groups,
  unitCode,
  day,
  basis,
}: {
  groups: readonly FigureGroup[];
  unitCode: string;
  day: string | undefined;
  basis: Basis;
}) {
  const texts = progressTexts();
  return (
    <>
      {groups.map(({ subgraph, figures }) => (
        <section key={subgraph}>
          <h2 id={`nhom-${subgraph}`}>{texts.group[subgraph]}</h2>
          {hubState.silences.value
            .filter((silence) => silence.subgraph === subgraph && figures !== undefined)
            .map((silence) => (
              <p key={silence.sector ?? ""} class="problem">
                {toldOf(silence)}
              </p>
            ))}
          {figures === undefined ? (
            <p class="problem">{texts.groupSilent}</p>
          ) : (
            <div class="cards">
              {figures.map((progress) => (
                <FigureCard
                  key={progress.figure.indicator?.code}
                  progress={progress}
                  unitCode={unitCode}
                  day={day}
                  basis={basis}
                />
              ))}
            </div>
          )}
        </section>
      ))}
    </>
  );
}
