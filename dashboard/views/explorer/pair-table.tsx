import type { ComparedFigure } from "../../comparison/compared-unit";
import { comparisonTexts } from "../../comparison/comparison.messages";
import { ERAS, type Era } from "../../comparison/era";
import { percent, points } from "../../language/format";
import { Link } from "../../link";
import { DataTable } from "../../parts/data-table";
import { notesOf, partedNotes, SharedNotes } from "../../parts/figure-notes";
import { StatusBadge } from "../../parts/status-badge";
import { useAddress } from "../../use-address";
import { explorerTexts } from "./explorer.messages";
import type { Pair } from "./pair";

const SIDES = ["x", "y"] as const;

const badgeOf = (figure: ComparedFigure | undefined) =>
  figure?.assessment && <StatusBadge status={figure.assessment.status} />;

const differenceOf = ({ x, y }: Pair): number | null =>
  x?.value == null || y?.value == null ? null : y.value - x.value;

/** The two figures of each unit side by side. */
export function PairTable({
  pairs,
  names,
  era,
}: {
  pairs: readonly Pair[];
  names: { x: string; y: string };
  era: Era;
}) {
  const texts = explorerTexts();
  const common = comparisonTexts();
  const { basis } = useAddress();
  const notes = partedNotes(
    new Map(
      pairs.map((pair) => [
        pair.unit.id,
        SIDES.flatMap((side) =>
          notesOf(pair[side], basis).map((note) => `${names[side]}: ${note}`),
        ),
      ]),
    ),
  );
  return (
    <>
      <SharedNotes heading={common.notesOfAll} notes={notes.shared} />
      <DataTable
        caption={texts.table}
        rows={pairs}
        keyOf={({ unit }) => unit.id}
        columns={[
          {
            name: common.unit,
            cell: ({ unit }) => (
              <Link to={`/don-vi/${unit.code}`} words={{ ngay: ERAS[era].asOf }}>
                {unit.name}
              </Link>
            ),
            sortBy: ({ unit }) => unit.name,
          },
          ...SIDES.flatMap((side) => [
            {
              name: names[side],
              cell: (pair: Pair) => percent(pair[side]?.value),
              sortBy: (pair: Pair) => pair[side]?.value,
              isNumber: true,
            },
            {
              name: texts.statusOf(names[side]),
              cell: (pair: Pair) => badgeOf(pair[side]),
              sortBy: (pair: Pair) => pair[side]?.assessment?.status,
            },
          ]),
          {
            name: texts.difference,
            cell: (pair) => points(differenceOf(pair)),
            sortBy: differenceOf,
            isNumber: true,
          },
          {
            name: common.notes,
            cell: ({ unit }) => notes.own(unit.id),
          },
        ]}
      />
    </>
  );
}
