import type { Basis } from "../../address";
import { count, percent, points } from "../../language/format";
import { either } from "../../language/language";
import { Link } from "../../link";
import { FigureNotes } from "../../parts/figure-notes";
import { StatusBadge } from "../../parts/status-badge";
import type { Progress, ProgressFigure } from "./figures";
import { progressTexts } from "./progress.messages";
import { TrendChart } from "./trend-chart";

/** One target: how far it is, what the plan asks, who answers for it, and what must be known beside it. */
export function FigureCard({
  progress,
  unitCode,
  day,
  basis,
}: {
  progress: Progress;
  unitCode: string;
  day: string | undefined;
  basis: Basis;
}) {
  const texts = progressTexts();
  const { figure } = progress;
  const { indicator, assessment } = figure;
  if (indicator === null) return null;
  const name = either(indicator.name, indicator.nameEn);
  const id = `chi-tieu-${indicator.code}`;
  return (
    <article class="card" id={indicator.code} aria-labelledby={id}>
      <h3 id={id}>
        <span class="code">{indicator.code}</span> {name}
      </h3>
      <p class="headline">
        <strong class="value">{percent(figure.value)}</strong>
        {assessment && <StatusBadge status={assessment.status} />}
        {figure.baseYear !== null && <span class="quiet">{texts.growth(figure.baseYear)}</span>}
      </p>
      <dl>
        <Target figure={figure} />
        <dt>{texts.reported}</dt>
        <dd>
          <Completeness figure={figure} />
        </dd>
        <dt>{texts.clause}</dt>
        <dd>{indicator.planSection}</dd>
        <dt>{texts.answers}</dt>
        <dd>
          <Answering figure={figure} />
        </dd>
      </dl>
      <FigureNotes figure={figure} basis={basis} />
      <TrendChart progress={progress} name={name} />
      <p class="why">
        <Link to={`/don-vi/${unitCode}/${indicator.code}`} words={{ ngay: day }}>
          {texts.why}
          <span class="unseen"> {name}</span>
        </Link>
      </p>
    </article>
  );
}

function Target({ figure: { assessment, indicator } }: { figure: ProgressFigure }) {
  const texts = progressTexts();
  const target = assessment?.target;
  if (!target) return null;
  return (
    <>
      <dt>
        {assessment.isReference ? texts.reference(target.year) : texts.milestone(target.year)}
      </dt>
      <dd>
        {target.minimum === null && indicator?.kind === "YES_NO"
          ? texts.noNumber
          : rangeOf(target.minimum, target.maximum)}
      </dd>
      <dt>{texts.gap}</dt>
      <dd>
        {points(assessment.gap)}
        {assessment.gap !== null && ` ${texts.points}`}
      </dd>
    </>
  );
}

const rangeOf = (minimum: number | null, maximum: number | null): string =>
  maximum === null ? percent(minimum) : `${percent(minimum)} – ${percent(maximum)}`;

function Completeness({ figure: { reported, denominator, baseYear } }: { figure: ProgressFigure }) {
  const texts = progressTexts();
  if (reported === null) return <>{percent(null)}</>;
  if (baseYear !== null) return <>{texts.reportedBoth(count(reported), baseYear)}</>;
  if (denominator === null || denominator === 0) return <>{count(reported)}</>;
  const told = texts.reportedOf(count(reported), count(denominator));
  return (
    <>
      <meter min={0} max={denominator} value={reported} aria-hidden="true" /> {told}
    </>
  );
}

function Answering({ figure: { indicator } }: { figure: ProgressFigure }) {
  const texts = progressTexts();
  const responsibilities = indicator?.responsibilities ?? [];
  if (responsibilities.length === 0) return <>{texts.noneAnswers}</>;
  const agencies = new Map(responsibilities.map(({ agency }) => [agency.id, agency]));
  const clausesOf = (id: string) =>
    responsibilities
      .filter(({ agency }) => agency.id === id)
      .map(({ duty, basis }) =>
        basis === "INFERRED" ? `${duty.clause}, ${texts.inferred}` : duty.clause,
      )
      .join("; ");
  return (
    <ul class="plain">
      {[...agencies.values()].map(({ id, name, nameEn }) => (
        <li key={id}>
          <Link to={`/co-quan/${id.replace(/^agency:/u, "")}`}>{either(name, nameEn)}</Link>{" "}
          <span class="quiet">({clausesOf(id)})</span>
        </li>
      ))}
    </ul>
  );
}
