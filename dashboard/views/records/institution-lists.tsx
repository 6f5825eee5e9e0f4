import type { ComponentChildren } from "preact";
import type { Sector } from "../../generated/sector-overview";
import type { TrustedDocument } from "../../hub/trusted-document";
import { hubTexts } from "../../language/hub.messages";
import { recordTexts } from "../../language/record.messages";
import { Link } from "../../link";
import { DataTable } from "../../parts/data-table";
import { MoreButton } from "../../parts/more-button";
import { usePages, type Connection } from "../../parts/pages";
import { TableLinks } from "../../parts/take-along";
import { useAddress } from "../../use-address";
import { recordListTexts } from "./records.messages";

export interface ListedInstitution {
  id: string;
  code: string;
  name: string;
  sector: Sector;
  unit: { code: string; name: string; validUntil?: string | null } | null;
  report: { state: string } | null;
}

export interface InstitutionList extends Connection<ListedInstitution> {
  totalCount: number | null;
  missingSectors: readonly Sector[];
}

/** Lists that one operation gives, each with a switch and a cursor of its own. */
export interface ListsAnswer {
  libraries?: InstitutionList | null;
  museums?: InstitutionList | null;
  culturalCentres?: InstitutionList | null;
}

const LISTS = ["libraries", "museums", "culturalCentres"] as const;
type ListName = (typeof LISTS)[number];

const switchesFor = (wanted: ListName) => ({
  withLibraries: wanted === "libraries",
  withMuseums: wanted === "museums",
  withCulturalCentres: wanted === "culturalCentres",
});

/** Libraries, museums and cultural centres, each list as far as one wants to read it. */
export function InstitutionLists<Answer, Variables extends object>({
  lists,
  document,
  variables,
  listsIn,
  path,
}: {
  lists: ListsAnswer;
  document: TrustedDocument<Answer, Variables>;
  variables: Variables;
  listsIn: (answer: Answer) => ListsAnswer | null | undefined;
  /** Where the lists stand in the answer: `agency.`. */
  path: string;
}) {
  const texts = recordListTexts();
  const shown = LISTS.filter((name) => lists[name] !== undefined && lists[name]?.totalCount !== 0);
  return (
    <section>
      <h2 id="co-so">{texts.institutions}</h2>
      {shown.length === 0 && <p>{texts.none}</p>}
      {shown.map((name) => {
        const list = lists[name];
        return list == null ? (
          <p key={name} class="problem">
            {texts[name]}: {texts.silent}
          </p>
        ) : (
          <List
            key={name}
            name={name}
            list={list}
            document={document}
            next={(after) => ({ ...variables, ...switchesFor(name), [`${name}After`]: after })}
            pick={(answer) => listsIn(answer)?.[name]}
            links={
              <TableLinks
                document={document}
                variables={variables}
                lists={[`${path}${name}`]}
                of={texts[name]}
              />
            }
          />
        );
      })}
      <p class="quiet">{texts.notListed}</p>
    </section>
  );
}

function List<Answer, Variables>({
  name,
  list,
  document,
  next,
  pick,
  links,
}: {
  name: ListName;
  list: InstitutionList;
  document: TrustedDocument<Answer, Variables>;
  next: (after: string) => Variables;
  pick: (answer: Answer) => InstitutionList | null | undefined;
  links: ComponentChildren;
}) {
  const { year } = useAddress();
  const texts = recordListTexts();
  const words = hubTexts();
  const states: Record<string, string> = recordTexts().reportState;
  const pages = usePages({ first: list, document, next, pick });
  return (
    <>
      <h3>{texts[name]}</h3>
      {list.missingSectors.length > 0 && (
        <p class="problem">
          {texts.missing(list.missingSectors.map((sector) => words.sector[sector]).join(", "))}
        </p>
      )}
      <DataTable
        caption={texts[name]}
        isHeaded
        rows={pages.nodes}
        keyOf={({ id }) => id}
        columns={[
          {
            name: texts.name,
            cell: ({ id, name: told }) => <Link to={`/co-so/${id}`}>{told}</Link>,
            sortBy: ({ name: told }) => told,
          },
          { name: texts.code, cell: ({ code }) => code, sortBy: ({ code }) => code },
          {
            name: texts.sector,
            cell: ({ sector }) => words.sector[sector],
            sortBy: ({ sector }) => words.sector[sector],
          },
          {
            name: texts.unit,
            cell: ({ unit }) => unit?.name,
            sortBy: ({ unit }) => unit?.name,
          },
          {
            name: texts.report(year),
            cell: ({ report }) => (report === null ? texts.notReported : states[report.state]),
            sortBy: ({ report }) => report?.state,
          },
        ]}
      />
      <MoreButton pages={pages} total={list.totalCount} />
      <div class="export">{links}</div>
    </>
  );
}
