import { day } from "../../language/format";
import { Link } from "../../link";
import type { ProgressUnit } from "../progress/figures";
import { unitTexts } from "./unit.messages";

interface Version {
  code: string;
  name: string;
  validUntil: string | null;
}

/** What the unit is, from when to when, where it came from and what became of it. */
export function UnitFacts({ unit }: { unit: ProgressUnit }) {
  const texts = unitTexts();
  const { code, validFrom, validUntil, parent, predecessors, successors } = unit;
  const held = [
    validFrom === null ? undefined : texts.from(day(validFrom)),
    validUntil === null ? undefined : texts.until(day(validUntil)),
  ].filter((each) => each !== undefined);
  return (
    <dl class="facts">
      <dt>{texts.code}</dt>
      <dd>{code}</dd>
      <dt>{texts.holds}</dt>
      <dd>{held.length === 0 ? texts.always : held.join(", ")}</dd>
      {parent && (
        <>
          <dt>{texts.parent}</dt>
          <dd>
            <VersionLink unit={parent} />
          </dd>
        </>
      )}
      <Steps heading={texts.predecessors} steps={predecessors} />
      <Steps heading={texts.successors} steps={successors} />
    </dl>
  );
}

function Steps({ heading, steps }: { heading: string; steps: ProgressUnit["predecessors"] }) {
  const texts = unitTexts();
  if (steps.length === 0) return null;
  const [{ on, instrument }] = steps as [ProgressUnit["predecessors"][number]];
  return (
    <>
      <dt>{heading}</dt>
      <dd>
        {steps.map(({ unit }, index) => (
          <span key={unit?.id}>
            {index > 0 && ", "}
            {unit && <VersionLink unit={unit} />}
          </span>
        ))}{" "}
        <span class="quiet">
          ({texts.on(day(on))}, {instrument})
        </span>
      </dd>
    </>
  );
}

/** A unit that has ended is found by its last day. */
function VersionLink({ unit: { code, name, validUntil } }: { unit: Version }) {
  return (
    <Link to={`/don-vi/${code}`} words={{ ngay: lastDay(validUntil) }}>
      {name}
    </Link>
  );
}

/** The day before the one on which it no longer is. */
function lastDay(validUntil: string | null): string | undefined {
  if (validUntil === null) return undefined;
  return new Date(Date.parse(`${validUntil}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
