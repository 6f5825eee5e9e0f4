import type { Measures, ReportAnswer, WholeReport } from "./report-kinds";

export interface ReportsOfYear {
  /** Being written, or sent back. Null: nothing is. */
  draft: WholeReport | null;
  /** The latest revision that was sent. Null: none was. */
  sent: WholeReport | null;
  /** What counts in public figures. Null: nothing is approved. */
  approved: WholeReport | null;
  /** What counts of the year before, or would once approved. Null: nothing was reported. */
  lastYear: Measures | null;
}

type Institution = NonNullable<ReportAnswer["institution"]>;

export function reportsOfYear({ draft, reports }: Institution, year: number): ReportsOfYear {
  const sentOf = (of: number) => reports.filter((each) => each.year === of);
  const approvedOf = (of: number) => sentOf(of).find(({ state }) => state === "APPROVED") ?? null;
  return {
    draft,
    sent: sentOf(year)[0] ?? null,
    approved: approvedOf(year),
    lastYear: approvedOf(year - 1) ?? sentOf(year - 1)[0] ?? null,
  };
}

/** Why an approved report is corrected by this one. Undefined: it corrects none, or the reader is not told. */
export const reasonOf = ({ history }: WholeReport): string | undefined =>
  history?.find(({ action }) => action === "REVISE_REPORT")?.reason ?? undefined;
