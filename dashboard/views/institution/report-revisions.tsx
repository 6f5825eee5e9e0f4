import { count, instant } from "../../language/format";
import { recordTexts } from "../../language/record.messages";
import { DataTable, type Column } from "../../parts/data-table";
import { institutionTexts } from "./institution.messages";

interface Revision {
  id: string;
  year: number;
  revision: number;
  state: "DRAFT" | "SUBMITTED" | "APPROVED" | "RETURNED";
  submittedAt: string | null;
  approvedAt: string | null;
  explanation: string | null;
}

/** Every revision of every report, with what it says: nothing reported is not nothing there. */
export function ReportRevisions({ reports }: { reports: readonly Revision[] }) {
  const texts = institutionTexts();
  const words = recordTexts();
  const measures = Object.entries(words.measure).filter(([field]) =>
    reports.some((report) => field in report),
  );
  const columns: Column<Revision>[] = [
    {
      name: texts.year,
      cell: ({ year, revision }) => texts.yearAndRevision(year, revision),
      sortBy: ({ year, revision }) => year * 100 + revision,
    },
    {
      name: texts.state,
      cell: ({ state }) => words.reportState[state],
      sortBy: ({ state }) => state,
    },
    { name: texts.submitted, cell: ({ submittedAt }) => instant(submittedAt) },
    { name: texts.approved, cell: ({ approvedAt }) => instant(approvedAt) },
    ...measures.map(([field, name]): Column<Revision> => ({
      name,
      cell: (report) => told((report as unknown as Record<string, unknown>)[field]),
      isNumber: true,
    })),
    { name: texts.explanation, cell: ({ explanation }) => explanation },
  ];
  return (
    <DataTable
      caption={texts.reports}
      isHeaded
      rows={reports}
      keyOf={({ id }) => id}
      columns={columns}
    />
  );
}

function told(value: unknown): string {
  const words = recordTexts();
  if (typeof value === "boolean") return value ? words.yes : words.no;
  return count(typeof value === "number" ? value : null);
}
