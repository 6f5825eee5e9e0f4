import { useLocation } from "preact-iso/router";
import { useEffect, useState } from "preact/hooks";
import { FIRST_YEAR, LAST_YEAR, lastWholeYear, readAddress, today, withWords } from "../../address";
import { usePageTitle } from "../../frame/page-title";
import { EntryAgency } from "../../generated/entry-agency";
import { useAnswer } from "../../hub/use-answer";
import { readSession, session, type Officer } from "../../hub/session";
import { instant } from "../../language/format";
import { either } from "../../language/language";
import { hubTexts } from "../../language/hub.messages";
import { SignOut } from "../sign-in/sign-in";
import { actingSectors } from "./acting-sectors";
import { entryTexts } from "./entry.messages";
import { ImportFile } from "./import-file";
import { InstitutionList } from "./institution-list";
import { kindsOf } from "./report-kinds";
import { ReportPage } from "./report-page";
import { TemplateButton } from "./template-button";
import "./entry.css";

/** Where officers enter, submit, approve and import reports. */
export function Entry() {
  return (
    <div class="entry">
      <Asked />
    </div>
  );
}

/** What an officer asks for; whoever has not signed in is led to where he can. */
function Asked() {
  const texts = entryTexts();
  const { url, query } = useLocation();
  usePageTitle(texts.title);
  useEffect(() => void readSession(), []);
  const known = session.value;
  if (known === undefined) return <p role="status">{texts.loading}</p>;
  if (known.viewer === null) {
    return (
      <>
        <h1>{texts.title}</h1>
        <p>{texts.signInFirst}</p>
        <p>
          <a class="action" href={withWords("/dang-nhap", { to: url, ngonngu: query.ngonngu })}>
            {texts.signIn}
          </a>
        </p>
      </>
    );
  }
  const { year } = readAddress(url.split("?")[1] ?? "");
  const { ma } = query;
  if (ma !== undefined)
    return (
      <ReportPage key={`${ma} ${year}`} id={ma} year={year} agencyId={known.viewer.agencyId} />
    );
  return <Tasks officer={known.viewer} year={year} />;
}

const TASKS = {
  "chua-nop": "owed",
  "cho-duyet": "waiting",
  "da-duyet": "correctable",
  tep: "import",
} as const;
type TaskWord = keyof typeof TASKS;

const LISTS = { "chua-nop": "OWED", "cho-duyet": "WAITING", "da-duyet": "APPROVED" } as const;

function Tasks({ officer, year }: { officer: Officer; year: number }) {
  const texts = entryTexts();
  const { url, route, query } = useLocation();
  const { data, isAsking } = useAnswer(EntryAgency, { id: officer.agencyId });
  if (isAsking && data === null) return <p role="status">{texts.loading}</p>;
  const agency = data?.agency ? either(data.agency.name, data.agency.nameEn) : officer.agencyId;
  const sectors = actingSectors(officer.sectors, data?.agencies ?? [], today());
  const sector = sectors.find((each) => each === query.nganh) ?? sectors[0];
  const kinds = sector === undefined ? [] : kindsOf(sector);
  const kind = kinds.find(({ word }) => word === query.loai) ?? kinds[0];
  const task: TaskWord =
    query.viec !== undefined && query.viec in TASKS ? (query.viec as TaskWord) : firstTask(officer);
  const choose = (words: Record<string, string>) => route(withWords(url, words), true);
  return (
    <>
      <h1>{texts.title}</h1>
      <div class="buttons">
        <span>{texts.who(agency, instant(officer.until))}</span>
        <SignOut />
      </div>
      {sector === undefined || kind === undefined || officer.units.length === 0 ? (
        <p role="alert">{texts.noUnits}</p>
      ) : (
        <>
          <div class="choices" role="group" aria-label={texts.tasks}>
            <Choice
              label={texts.sector}
              value={sector}
              options={sectors.map((each) => [each, hubTexts().sector[each]])}
              onChoose={(nganh) => choose({ nganh })}
            />
            <Choice
              label={texts.kind}
              value={kind.word}
              options={kinds.map(({ word, subgraph }) => [word, texts.kinds[subgraph]])}
              onChoose={(loai) => choose({ loai })}
            />
            <Choice
              label={texts.year}
              value={String(year)}
              options={reportYears(year).map((each) => [String(each), String(each)])}
              onChoose={(nam) => choose({ nam })}
            />
            <Choice
              label={texts.tasks}
              value={task}
              options={Object.entries(TASKS).map(([word, name]) => [word, texts[name]])}
              onChoose={(viec) => choose({ viec })}
            />
          </div>
          {task === "tep" ? (
            <Exchange key={`${kind.word} ${sector} ${year}`} {...{ kind, sector, year }} />
          ) : (
            <Searched
              key={task}
              parts={{
                kind,
                officer,
                sector,
                year,
                task: LISTS[task],
              }}
            />
          )}
        </>
      )}
    </>
  );
}

/** Whoever only approves is shown first what waits for him. */
const firstTask = ({ roles }: Officer): TaskWord =>
  roles.includes("APPROVER") && !roles.includes("REPORTER") ? "cho-duyet" : "chua-nop";

/** Years that reports are taken for, the newest first. */
function reportYears(shown: number): number[] {
  const last = Math.min(lastWholeYear() + 1, LAST_YEAR);
  const years = Array.from({ length: last - FIRST_YEAR + 1 }, (_, at) => last - at);
  return years.includes(shown) ? years : [shown, ...years];
}

function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string) => void;
}) {
  return (
    <label>
      {label}{" "}
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {options.map(([word, name]) => (
          <option key={word} value={word}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The workbook to be filled in, then the way back for it. */
function Exchange(asked: Parameters<typeof ImportFile>[0]) {
  return (
    <>
      <TemplateButton {...asked} />
      <ImportFile {...asked} />
    </>
  );
}

/** The list, with a field that narrows it. */
function Searched({ parts }: { parts: Omit<Parameters<typeof InstitutionList>[0], "text"> }) {
  const texts = entryTexts();
  const [text, setText] = useState("");
  return (
    <>
      <form
        class="field"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          setText(new FormData(event.currentTarget).get("text") as string);
        }}
      >
        <label for="text">{texts.search}</label>
        <div class="search">
          <input id="text" name="text" type="text" autocomplete="off" />
          <button type="submit">{texts.find}</button>
        </div>
      </form>
      <InstitutionList {...parts} text={text.trim()} />
    </>
  );
}
