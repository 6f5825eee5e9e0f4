import type { Basis } from "../address";
import type { IndicatorKind, RulingBasis, Sector } from "../generated/unit-comparison";
import { count, day, percent } from "../language/format";
import { hubTexts } from "../language/hub.messages";
import { either } from "../language/language";
import { figureNoteTexts } from "./figure-notes.messages";

/** What of a figure is told about in notes. */
export interface NotedFigure {
  value: number | null;
  upperBound: number | null;
  denominator: number | null;
  reported: number | null;
  unplaced: number | null;
  suppressed: boolean;
  missingSectors: readonly Sector[];
  ruling: { basis: RulingBasis; classEndedOn: string } | null;
  indicator: NotedIndicator | null;
}

export interface NotedIndicator {
  kind: IndicatorKind;
  milestones: readonly {
    year: number;
    classNote: string | null;
    classNoteEn: string | null;
  }[];
}

/** What must be known beside a figure lest it be taken for more than it is. */
export function FigureNotes({ figure, basis }: { figure: NotedFigure; basis: Basis }) {
  return <Notes notes={notesOf(figure, basis)} />;
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="cautions">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

/** What holds for all rows of a table, said once above it, under a heading of its own. */
export function SharedNotes({ heading, notes }: { heading: string; notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <>
      <p>{heading}:</p>
      <Notes notes={notes} />
    </>
  );
}

/** Parts the notes of a table's rows into those that every row has, which are said once, and each row's own. */
export function partedNotes(notesByRow: ReadonlyMap<string, readonly string[]>) {
  const [first = [], ...others] = notesByRow.values();
  const shared =
    others.length === 0
      ? []
      : first.filter((note) => others.every((notes) => notes.includes(note)));
  const own = (row: string) =>
    (notesByRow.get(row) ?? []).filter((note) => !shared.includes(note)).join(" ");
  return { shared, own: (row: string) => <span class="notes">{own(row)}</span> };
}

/** Notes of one figure, in the page's language; none: it is whole. Undefined: its owner did not answer. */
export function notesOf(figure: NotedFigure | undefined, basis: Basis): string[] {
  const texts = figureNoteTexts();
  const words = hubTexts();
  if (figure === undefined) return [texts.unknown];
  const { indicator, suppressed, missingSectors, ruling, unplaced, denominator } = figure;
  const notes: (string | undefined)[] = [
    suppressed ? texts.suppressed : undefined,
    missingSectors.length > 0
      ? texts.missing(missingSectors.map((sector) => words.sector[sector]).join(", "))
      : undefined,
    // The denominator of growth is visits, not institutions.
    indicator?.kind === "GROWTH" ? undefined : partOf(figure),
    denominator === 0 ? texts.none : undefined,
    ruling === null
      ? undefined
      : `${texts.ruling(words.ruling[ruling.basis], day(ruling.classEndedOn))} ${texts.rulingIncomparable}`,
    ...(indicator?.milestones ?? []).map(({ year, classNote, classNoteEn }) =>
      classNote === null ? undefined : texts.classNote(year, either(classNote, classNoteEn)),
    ),
    unplaced !== null && unplaced > 0 ? texts.unplaced(count(unplaced)) : undefined,
    basis === "SUBMITTED" ? texts.submitted : undefined,
  ];
  return [...new Set(notes.filter((note) => note !== undefined))];
}

function partOf({ reported, denominator, upperBound, value }: NotedFigure): string | undefined {
  const texts = figureNoteTexts();
  if (reported === null || denominator === null || reported >= denominator) return undefined;
  const silent = count(denominator - reported);
  return upperBound === null || upperBound === value
    ? texts.partialPlain(silent)
    : texts.partial(silent, percent(upperBound));
}
