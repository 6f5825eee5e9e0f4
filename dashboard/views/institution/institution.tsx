import { useEffect } from "preact/hooks";
import { useRoute } from "preact-iso/router";
import { usePageTitle } from "../../frame/page-title";
import {
  InstitutionHistory,
  type InstitutionHistoryQuery,
} from "../../generated/institution-history";
import { readSession, session } from "../../hub/session";
import { useAnswer } from "../../hub/use-answer";
import { day } from "../../language/format";
import { hubTexts } from "../../language/hub.messages";
import { either } from "../../language/language";
import { recordTexts } from "../../language/record.messages";
import { Link } from "../../link";
import { Awaited } from "../../parts/awaited";
import { DataTable } from "../../parts/data-table";
import { TakeAlong } from "../../parts/take-along";
import { institutionTexts } from "./institution.messages";
import { Writings } from "./writings";
import { ReportRevisions } from "./report-revisions";

type Found = Extract<NonNullable<InstitutionHistoryQuery["node"]>, { placements: unknown }>;

/** One institution: where it stood, what kinds it had, and its reports by year and revision. */
export default function Institution() {
  const { id = "" } = useRoute().params;
  const texts = institutionTexts();
  // Who wrote what is told to those who have signed in, as far as they may read it.
  useEffect(() => void readSession(), []);
  const withHistory = session.value?.viewer != null;
  const asking = useAnswer(InstitutionHistory, { id, withHistory });
  const found = asking.data?.node;
  const name = found && "placements" in found ? found.name : texts.institution;
  usePageTitle(name);
  return (
    <>
      <h1>{name}</h1>
      <TakeAlong document={InstitutionHistory} variables={{ id }} lists={["node.reports"]} />
      <Awaited asking={asking}>
        {({ node }) =>
          node && "placements" in node ? (
            <Life institution={node} />
          ) : (
            <div class="problem">
              <p>
                <strong>{texts.none}.</strong> {texts.noneHelp}
              </p>
            </div>
          )
        }
      </Awaited>
    </>
  );
}

function Life({ institution }: { institution: Found }) {
  const texts = institutionTexts();
  const { code, sector, managingAgency, openedOn, closedOn, mergedInto, placements } = institution;
  return (
    <>
      <dl class="facts">
        <dt>{texts.code}</dt>
        <dd>{code}</dd>
        <dt>{texts.sector}</dt>
        <dd>{hubTexts().sector[sector]}</dd>
        {managingAgency && (
          <>
            <dt>{texts.agency}</dt>
            <dd>
              <Link to={`/co-quan/${managingAgency.id.replace(/^agency:/u, "")}`}>
                {either(managingAgency.name, managingAgency.nameEn)}
              </Link>
            </dd>
          </>
        )}
        <dt>{texts.opened}</dt>
        <dd>{day(openedOn)}</dd>
        {closedOn !== null && (
          <>
            <dt>{texts.closed}</dt>
            <dd>{day(closedOn)}</dd>
          </>
        )}
        {mergedInto && (
          <>
            <dt>{texts.merged}</dt>
            <dd>
              <Link to={`/co-so/${mergedInto.id}`}>{mergedInto.name}</Link>
            </dd>
          </>
        )}
      </dl>
      <Kinds institution={institution} />
      <h2>{texts.placements}</h2>
      <DataTable
        caption={texts.placements}
        isHeaded
        rows={placements}
        keyOf={({ from, unit }) => `${from ?? ""} ${unit?.id ?? ""}`}
        columns={[
          { name: texts.place, cell: ({ unit }) => unit?.name },
          { name: texts.from, cell: ({ from }) => (from === null ? texts.beginning : day(from)) },
          { name: texts.until, cell: ({ until }) => (until === null ? texts.still : day(until)) },
        ]}
      />
      <h2>{texts.reports}</h2>
      <ReportRevisions reports={institution.reports} />
      <Writings
        events={[
          ...(institution.history ?? []),
          ...institution.reports.flatMap(({ history }) => history ?? []),
        ]}
      />
    </>
  );
}

interface KindPeriod {
  kind: keyof ReturnType<typeof recordTexts>["kind"];
  from: string | null;
  until: string | null;
}

function Kinds({ institution }: { institution: Found }) {
  const texts = institutionTexts();
  const kinds: readonly KindPeriod[] =
    "libraryKinds" in institution
      ? institution.libraryKinds
      : "culturalCentreKinds" in institution
        ? institution.culturalCentreKinds
        : [];
  if (kinds.length === 0) return null;
  return (
    <>
      <h2>{texts.kinds}</h2>
      <DataTable
        caption={texts.kinds}
        isHeaded
        rows={kinds}
        keyOf={({ from, kind }) => `${from ?? ""} ${kind}`}
        columns={[
          { name: texts.kind, cell: ({ kind }) => recordTexts().kind[kind] },
          { name: texts.from, cell: ({ from }) => (from === null ? texts.beginning : day(from)) },
          { name: texts.until, cell: ({ until }) => (until === null ? texts.still : day(until)) },
        ]}
      />
    </>
  );
}
