import { Link } from "../../link";
import { DataTable } from "../../parts/data-table";
import { partTexts } from "../../parts/parts.messages";
import { draftedOnDevice } from "./device-draft";
import { entryTexts } from "./entry.messages";
import type { ListedInstitution, ListVariables, ReportKind, ReportState } from "./report-kinds";
import { useList } from "./use-list";
import type { Officer, Sector } from "../../hub/session";

export type Task = "OWED" | "WAITING" | "APPROVED";

/** What an officer has to do: reports that are owed, begun or sent back, those that wait for approval, or that can be corrected. */
export function InstitutionList({
  kind,
  officer,
  task,
  sector,
  year,
  text,
}: {
  kind: ReportKind;
  officer: Officer;
  task: Task;
  sector: Sector;
  year: number;
  text: string;
}) {
  const texts = entryTexts();
  const { unreachable, again } = partTexts();
  const question: Omit<ListVariables, "unit" | "after"> = {
    year,
    sector,
    ...(text !== "" && { text }),
    ...(task === "OWED"
      ? { reported: { year, reported: false } }
      : { reportState: { year, state: task === "WAITING" ? "SUBMITTED" : "APPROVED" } }),
  };
  const list = useList(kind, officer.units, question, unreachable);
  const onDevice = draftedOnDevice(officer.agencyId, year);
  const stateOf = ({ id, draft, report }: ListedInstitution) => {
    const words = stateWords(task, draft?.state, report?.state);
    return onDevice.has(id) ? `${words}; ${texts.states.DEVICE}` : words;
  };
  const title = { OWED: texts.owed, WAITING: texts.waiting, APPROVED: texts.correctable }[task];
  const nothing = {
    OWED: texts.nobodyOwes,
    WAITING: texts.nobodyWaits,
    APPROVED: texts.nothingApproved,
  }[task];
  return (
    <section aria-busy={list.isLoading}>
      {(list.nodes.length > 0 || !list.isLoading) && list.problem === undefined && (
        <DataTable
          caption={title}
          rows={list.nodes}
          keyOf={({ id }) => id}
          columns={[
            {
              name: texts.institution,
              cell: ({ id, name }) => (
                <Link to="/nhap-lieu" words={{ ma: id, nam: year }}>
                  {name}
                </Link>
              ),
              sortBy: ({ name }) => name,
            },
            { name: texts.code, cell: ({ code }) => code, sortBy: ({ code }) => code },
            {
              name: texts.state,
              cell: (each) => (
                <span class="wrap">
                  {stateOf(each)}
                  {each.draft?.returnReason != null &&
                    `. ${texts.returnedFor(each.draft.returnReason)}`}
                </span>
              ),
              sortBy: stateOf,
            },
          ]}
        />
      )}
      <div role="status">
        {list.isLoading && <p>{texts.loading}</p>}
        {!list.isLoading && list.nodes.length === 0 && list.more === undefined && !list.problem && (
          <p>{nothing}</p>
        )}
      </div>
      {list.problem !== undefined && (
        <div role="alert" class="problem">
          <p>{list.problem}</p>
          <button type="button" onClick={list.askAgain}>
            {again}
          </button>
        </div>
      )}
      {list.more && !list.isLoading && (
        <button type="button" onClick={list.more}>
          {texts.more}
        </button>
      )}
    </section>
  );
}

/**
 * @param draft of what is being written or was sent back.
 * @param counted of the report that counts, which stays the approved one while a correction waits.
 */
function stateWords(
  task: Task,
  draft: ReportState | undefined,
  counted: ReportState | undefined,
): string {
  const { states, correctionIs } = entryTexts();
  if (task === "OWED") return states[draft ?? "NONE"];
  if (task === "WAITING")
    return counted === "APPROVED" ? correctionIs(states.SUBMITTED) : states.SUBMITTED;
  return draft === undefined
    ? states.APPROVED
    : `${states.APPROVED}. ${correctionIs(states[draft])}`;
}
