import { useState } from "preact/hooks";
import { usePageTitle } from "../../frame/page-title";
import { useAnswer } from "../../hub/use-answer";
import { Link } from "../../link";
import { Awaited } from "../../parts/awaited";
import { entryTexts } from "./entry.messages";
import { ReportForm } from "./report-form";
import { REPORT_KINDS, type ReportAnswer, type ReportKind } from "./report-kinds";
import { ReportReading } from "./report-reading";
import { reportsOfYear } from "./reports-of-year";

/** The report of one institution for a year: its form while it is being written, else what was sent. */
export function ReportPage({ id, year, agencyId }: { id: string; year: number; agencyId: string }) {
  const kind = REPORT_KINDS.find(({ idPrefix }) => id.startsWith(idPrefix));
  if (kind === undefined) return <p role="alert">{entryTexts().noSuch}</p>;
  return <KnownReportPage kind={kind} id={id} year={year} agencyId={agencyId} />;
}

function KnownReportPage({
  kind,
  id,
  year,
  agencyId,
}: {
  kind: ReportKind;
  id: string;
  year: number;
  agencyId: string;
}) {
  const texts = entryTexts();
  const asking = useAnswer(kind.read, { id, year });
  const [isJustBegun, setIsJustBegun] = useState(false);
  const name = asking.data?.institution?.name;
  usePageTitle(name === undefined ? texts.title : texts.report(name, year));
  const drawn = ({ institution }: ReportAnswer) => {
    if (institution === null) return <p role="alert">{texts.noSuch}</p>;
    const { draft, sent, approved, lastYear } = reportsOfYear(institution, year);
    const revision = draft?.revision ?? 1;
    return (
      <>
        <h1>{texts.report(institution.name, year)}</h1>
        {draft !== null || sent === null ? (
          <ReportForm
            key={`${id} ${revision}`}
            kind={kind}
            place={{ agencyId, institutionId: id, year, revision }}
            atHub={draft}
            beside={{ approved, lastYear }}
            isJustBegun={isJustBegun}
            readAnew={asking.askAgain}
          />
        ) : (
          <ReportReading
            key={sent.id}
            kind={kind}
            report={sent}
            year={year}
            beside={{ approved, lastYear }}
            onJudged={asking.askAgain}
            onCorrectionBegun={() => {
              setIsJustBegun(true);
              asking.askAgain();
            }}
          />
        )}
      </>
    );
  };
  return (
    <>
      <p>
        <Link to="/nhap-lieu" words={{ ma: undefined }}>
          {texts.back}
        </Link>
      </p>
      <Awaited asking={asking}>{drawn}</Awaited>
    </>
  );
}
