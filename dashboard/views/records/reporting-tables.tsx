import type {
  AgencyReportFragment,
  ReportingCountsFragment,
  Sector,
} from "../../generated/sector-overview";
import { count, day } from "../../language/format";
import { hubTexts } from "../../language/hub.messages";
import { either } from "../../language/language";
import { recordTexts } from "../../language/record.messages";
import { Link } from "../../link";
import { DataTable } from "../../parts/data-table";
import { useAddress } from "../../use-address";
import { recordListTexts } from "./records.messages";

/** The reports that agencies owe for the year. */
export function AgencyReports({
  reports,
}: {
  /** Null: nobody told. */
  reports: readonly AgencyReportFragment[] | null;
}) {
  const { year } = useAddress();
  const texts = recordListTexts();
  const words = recordTexts();
  return (
    <section>
      <h2 id="bao-cao">{texts.reportsDue(year)}</h2>
      {reports === null ? (
        <p class="problem">{texts.silent}</p>
      ) : reports.length === 0 ? (
        <p>{texts.noReportsDue}</p>
      ) : (
        <DataTable
          caption={texts.reportsDue(year)}
          isHeaded
          rows={reports}
          keyOf={({ agency, reportingDuty }) => `${agency.id} ${reportingDuty.code}`}
          columns={[
            {
              name: texts.agency,
              cell: ({ agency }) => (
                <Link to={`/co-quan/${agency.id.replace(/^agency:/u, "")}`}>
                  {either(agency.name, agency.nameEn)}
                </Link>
              ),
              sortBy: ({ agency }) => either(agency.name, agency.nameEn),
            },
            {
              name: texts.reporting,
              cell: ({ reportingDuty }) => either(reportingDuty.name, reportingDuty.nameEn),
            },
            { name: texts.dueOn, cell: ({ dueOn }) => day(dueOn), sortBy: ({ dueOn }) => dueOn },
            {
              name: texts.receivedOn,
              cell: ({ receivedOn }) => day(receivedOn),
              sortBy: ({ receivedOn }) => receivedOn,
            },
            {
              name: texts.state,
              cell: ({ state }) => words.reporting[state],
              sortBy: ({ state }) => words.reporting[state],
            },
          ]}
        />
      )}
    </section>
  );
}

/** How far the institutions have reported for the year, one line for each kind and sector. */
export function InstitutionReports({
  libraryReporting,
  museumReporting,
  culturalCentreReporting,
  sector,
}: {
  libraryReporting: readonly ReportingCountsFragment[] | null;
  museumReporting: readonly ReportingCountsFragment[] | null;
  culturalCentreReporting: readonly ReportingCountsFragment[] | null;
  /** Only its lines. Undefined: every sector's. */
  sector: Sector | undefined;
}) {
  const { year } = useAddress();
  const texts = recordListTexts();
  const rows = [
    { kind: texts.libraries, counts: libraryReporting },
    { kind: texts.museums, counts: museumReporting },
    { kind: texts.culturalCentres, counts: culturalCentreReporting },
  ].flatMap(({ kind, counts }) =>
    (counts ?? [])
      .filter((each) => sector === undefined || each.sector === sector)
      // Whose are withheld would stand in every agency's table, for they are not told apart.
      .filter(({ expected, suppressed }) => expected !== 0 && (sector !== undefined || !suppressed))
      .map((each) => ({ kind, ...each })),
  );
  if (rows.length === 0) return null;
  const told = (field: "expected" | "received" | "approved" | "onTime" | "overdue") => ({
    name: texts[field],
    cell: (row: ReportingCountsFragment) => (row.suppressed ? texts.withheld : count(row[field])),
    sortBy: (row: ReportingCountsFragment) => row[field],
    isNumber: true,
  });
  return (
    <section>
      <h2 id="bao-cao-co-so">{texts.institutionReports(year)}</h2>
      <DataTable
        caption={texts.institutionReports(year)}
        isHeaded
        rows={rows}
        keyOf={({ kind, sector: of }) => `${kind} ${of}`}
        columns={[
          { name: texts.kindOfInstitution, cell: ({ kind }) => kind },
          { name: texts.sector, cell: ({ sector: of }) => hubTexts().sector[of] },
          told("expected"),
          told("received"),
          told("approved"),
          told("onTime"),
          told("overdue"),
          { name: texts.dueOn, cell: ({ dueOn }) => day(dueOn) },
        ]}
      />
    </section>
  );
}
