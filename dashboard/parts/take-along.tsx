import { useState } from "preact/hooks";
import type { TrustedDocument } from "../hub/trusted-document";
import { language } from "../language/language";
import { pagePicture } from "./page-picture";
import { partTexts } from "./parts.messages";
import { saveFile } from "./save-file";

/**
 * Takes a view to other tools: what it asked as a table for Excel, in CSV or XLSX, and what it shows as a picture or on paper.
 */
export function TakeAlong<Answer, Variables extends object>({
  document,
  variables,
  lists,
}: {
  document: TrustedDocument<Answer, Variables>;
  variables: Variables;
  /** Which lists of the answer are the rows, by their paths; they are of one type. */
  lists: readonly string[];
}) {
  const texts = partTexts();
  const [isRefused, setRefused] = useState(false);
  const picture = () => {
    setRefused(false);
    pagePicture().then(
      (taken) => saveFile(taken, pictureName()),
      () => setRefused(true),
    );
  };
  return (
    <div class="export" role="group" aria-label={texts.takeAlong}>
      <TableLinks document={document} variables={variables} lists={lists} />
      <button type="button" onClick={picture}>
        {texts.png}
      </button>
      <button type="button" onClick={() => print()}>
        {texts.print}
      </button>
      {isRefused && <span role="alert">{texts.noPicture}</span>}
    </div>
  );
}

/** What was asked as a table: every row of it, also where the view shows a page. */
export function TableLinks<Answer, Variables extends object>({
  document,
  variables,
  lists,
  of,
}: {
  document: TrustedDocument<Answer, Variables>;
  variables: Variables;
  lists: readonly string[];
  /** What the table is of, where a view has several. */
  of?: string;
}) {
  const texts = partTexts();
  const href = (ending: "csv" | "xlsx") => rowsAddress(document.name, ending, variables, lists);
  const named = of === undefined ? null : <span class="unseen">: {of}</span>;
  return (
    <>
      <a href={href("csv")} download>
        {texts.csv}
        {named}
      </a>
      <a href={href("xlsx")} download>
        {texts.xlsx}
        {named}
      </a>
    </>
  );
}

/** Rows of silent sectors are not there, and each row then says so. */
function rowsAddress(
  name: string,
  ending: "csv" | "xlsx",
  variables: object,
  lists: readonly string[],
): string {
  const given = Object.entries(variables)
    .filter(([word, value]) => value != null && !/^(?:first|with[A-Z])/u.test(word))
    .flatMap(([word, value]) => [value].flat().map((one) => [word, String(one)]));
  const query = new URLSearchParams([
    ...given,
    ["list", lists.join(",")],
    ["labels", language.value],
    ["partial", "1"],
    ...(ending === "csv" && language.value === "vi" ? [["excel", "1"]] : []),
  ]);
  return `/rows/${name}.${ending}?${query.toString()}`;
}

/** After the view that is shown. */
const pictureName = () =>
  `${location.pathname.replace(/^\/|[^\w-]+/gu, "-").replace(/^-+/u, "") || "lai-chau"}.png`;
