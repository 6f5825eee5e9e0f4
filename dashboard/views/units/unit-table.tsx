import type { ComparedUnit } from "../../comparison/compared-unit";
import { comparisonTexts } from "../../comparison/comparison.messages";
import { ERAS, type Era } from "../../comparison/era";
import { count, percent, points } from "../../language/format";
import { Link } from "../../link";
import { DataTable } from "../../parts/data-table";
import { notesOf, partedNotes, SharedNotes } from "../../parts/figure-notes";
import { StatusBadge } from "../../parts/status-badge";
import { useAddress } from "../../use-address";
import { unitsTexts } from "./units.messages";

/** The units' figures of one indicator, with what must be known of each. */
export function UnitTable({
  units,
  indicator,
  era,
}: {
  units: readonly ComparedUnit[];
  indicator: string;
  era: Era;
}) {
  const texts = comparisonTexts();
  const { basis } = useAddress();
  const figureOf = ({ figures }: ComparedUnit) => figures.get(indicator);
  const notes = partedNotes(
    new Map(units.map((unit) => [unit.id, notesOf(figureOf(unit), basis)])),
  );
  return (
    <>
      <SharedNotes heading={texts.notesOfAll} notes={notes.shared} />
      <DataTable
        caption={unitsTexts().table}
        rows={units}
        keyOf={({ id }) => id}
        columns={[
          {
            name: texts.unit,
            cell: ({ code, name }) => (
              <Link to={`/don-vi/${code}`} words={{ ngay: ERAS[era].asOf }}>
                {name}
              </Link>
            ),
            sortBy: ({ name }) => name,
          },
          ...(era === "districts"
            ? []
            : [
                {
                  name: texts.district,
                  cell: ({ district, straddles }: ComparedUnit) =>
                    `${district?.name ?? ""}${straddles ? ` (${texts.straddles})` : ""}`,
                  sortBy: ({ district }: ComparedUnit) => district?.name,
                },
              ]),
          {
            name: texts.value,
            cell: (unit) => percent(figureOf(unit)?.value),
            sortBy: (unit) => figureOf(unit)?.value,
            isNumber: true,
          },
          {
            name: texts.ratio,
            cell: (unit) =>
              `${count(figureOf(unit)?.numerator)} / ${count(figureOf(unit)?.denominator)}`,
            isNumber: true,
          },
          {
            name: texts.reported,
            cell: (unit) => count(figureOf(unit)?.reported),
            sortBy: (unit) => figureOf(unit)?.reported,
            isNumber: true,
          },
          {
            name: texts.gap,
            cell: (unit) => points(figureOf(unit)?.assessment?.gap),
            sortBy: (unit) => figureOf(unit)?.assessment?.gap,
            isNumber: true,
          },
          {
            name: texts.status,
            cell: (unit) => {
              const assessment = figureOf(unit)?.assessment;
              return assessment && <StatusBadge status={assessment.status} />;
            },
            sortBy: (unit) => figureOf(unit)?.assessment?.status,
          },
          {
            name: texts.notes,
            cell: ({ id }) => notes.own(id),
          },
        ]}
      />
    </>
  );
}
