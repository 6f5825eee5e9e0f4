import {
  FigureExplanation,
  type FigureExplanationQuery,
  type FigureExplanationQueryVariables,
} from "../../generated/figure-explanation";
import { count } from "../../language/format";
import { hubTexts } from "../../language/hub.messages";
import { Link } from "../../link";
import { DataTable } from "../../parts/data-table";
import { MoreButton } from "../../parts/more-button";
import { usePages } from "../../parts/pages";
import type { ExplainedFigure } from "./explanation";
import { explanationTexts } from "./explanation.messages";

const LISTS = ["counted", "notCounted", "silent"] as const;
type ListName = (typeof LISTS)[number];
type Page = NonNullable<NonNullable<ExplainedFigure["explanation"]>["counted"]>;

interface Finding {
  variables: FigureExplanationQueryVariables;
  figureIn: (answer: FigureExplanationQuery) => ExplainedFigure | undefined;
}

/** Institution by institution: who was counted, who was not, who is silent. */
export function ExplainedLists({ figure, ...finding }: { figure: ExplainedFigure } & Finding) {
  const texts = explanationTexts();
  const { explanation } = figure;
  if (explanation === null) return <p class="problem">{texts.withheldAll}</p>;
  return (
    <>
      {LISTS.map((name) => {
        const first = explanation[name];
        return (
          <section key={name}>
            <h2 id={`danh-sach-${name}`}>{texts[name]}</h2>
            {first === null ? (
              <p class="problem">{texts.listSilent}</p>
            ) : (
              <List name={name} first={first} isUnlisted={isUnlisted(figure)} {...finding} />
            )}
          </section>
        );
      })}
    </>
  );
}

/** Whether institutions may count that nobody without the right is told of. */
const isUnlisted = ({ shares }: ExplainedFigure): boolean =>
  shares.some(({ sector }) => sector === "ARMED_FORCES");

function List({
  name,
  first,
  isUnlisted: mayHide,
  variables,
  figureIn,
}: { name: ListName; first: Page; isUnlisted: boolean } & Finding) {
  const texts = explanationTexts();
  const words = hubTexts();
  const pages = usePages({
    first,
    document: FigureExplanation,
    next: (after) => ({ ...variables, [`${name}After`]: after }),
    pick: (answer) => figureIn(answer)?.explanation?.[name],
  });
  if (pages.nodes.length === 0) return <p>{mayHide ? texts.unlisted : texts.nobody}</p>;
  return (
    <>
      <DataTable
        caption={texts[name]}
        isHeaded
        rows={pages.nodes}
        keyOf={({ id }) => id}
        columns={[
          {
            name: texts.institution,
            cell: ({ id, name: told }) => <Link to={`/co-so/${id}`}>{told}</Link>,
            sortBy: ({ name: told }) => told,
          },
          { name: texts.code, cell: ({ code }) => code, sortBy: ({ code }) => code },
          {
            name: texts.sector,
            cell: ({ sector }) => words.sector[sector],
            sortBy: ({ sector }) => words.sector[sector],
          },
          { name: texts.revision, cell: ({ revision }) => count(revision), isNumber: true },
        ]}
      />
      <MoreButton pages={pages} total={null} />
    </>
  );
}
