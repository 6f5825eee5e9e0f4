import type { DutyStateFragment } from "../../generated/sector-overview";
import { percent } from "../../language/format";
import { either } from "../../language/language";
import { recordTexts } from "../../language/record.messages";
import { DataTable } from "../../parts/data-table";
import { useAddress } from "../../use-address";
import { recordListTexts } from "./records.messages";

/** What the plan gives an agency to do, and how far it has come in the year. */
export function DutyTable({ duties, of }: { duties: readonly DutyStateFragment[]; of: string }) {
  const { year } = useAddress();
  const texts = recordListTexts();
  const words = recordTexts();
  if (duties.length === 0) return <p>{texts.noDuties}</p>;
  return (
    <DataTable
      caption={`${of}: ${texts.duties(year)}`}
      isHeaded
      rows={duties}
      keyOf={({ id }) => id}
      columns={[
        {
          name: texts.duty,
          cell: ({ name, nameEn }) => either(name, nameEn),
          sortBy: ({ name, nameEn }) => either(name, nameEn),
        },
        { name: texts.clause, cell: ({ clause }) => clause, sortBy: ({ clause }) => clause },
        {
          name: texts.roles,
          cell: ({ roles }) => roles.map((role) => words.dutyRole[role]).join(", "),
        },
        {
          name: texts.state,
          cell: ({ status }) => <DutyBadge status={status} />,
          sortBy: ({ status }) => words.duty[status],
        },
        {
          name: texts.percent,
          cell: ({ progress }) => percent(progress[0]?.percent),
          sortBy: ({ progress }) => progress[0]?.percent,
          isNumber: true,
        },
        { name: texts.summary, cell: (duty) => <Progress duty={duty} /> },
      ]}
    />
  );
}

const SIGNS = {
  DONE: ["✔", "met"],
  IN_PROGRESS: ["➚", "on-track"],
  BLOCKED: ["▼", "behind"],
  NOT_STARTED: ["○", "no-data"],
  NOT_REPORTED: ["?", "no-data"],
} as const;

function DutyBadge({ status }: { status: DutyStateFragment["status"] }) {
  const [sign, look] = SIGNS[status];
  return (
    <span class={`status status-${look}`}>
      <span aria-hidden="true">{sign} </span>
      {recordTexts().duty[status]}
    </span>
  );
}

function Progress({ duty: { progress } }: { duty: DutyStateFragment }) {
  const texts = recordListTexts();
  return (
    <>
      {progress.map(({ reportedAt, summary, blockedReason, evidenceUrl }) => (
        <div key={reportedAt}>
          {summary}
          {blockedReason !== null && <div>{texts.blocked(blockedReason)}</div>}
          {evidenceUrl !== null && (
            <div>
              <a href={evidenceUrl} rel="noreferrer external">
                {texts.evidence}
              </a>
            </div>
          )}
        </div>
      ))}
    </>
  );
}
