import { useRef, useState } from "preact/hooks";
import { inOneLanguage } from "../../hub/one-language";
import { language } from "../../language/language";
import { DataTable } from "../../parts/data-table";
import { partTexts } from "../../parts/parts.messages";
import { saveFile } from "../../parts/save-file";
import { entryTexts } from "./entry.messages";
import type { ReportKind } from "./report-kinds";
import type { Sector } from "../../hub/session";

interface FileProblem {
  severity: "ERROR" | "NOTICE";
  code: string;
  sheet: string;
  line: number | null;
  column: string | null;
  header: string | null;
  message: string;
}

interface ImportAnswer {
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  written: boolean;
  problems: FileProblem[];
  /** The file with its errors marked, base64. Null: there are none. */
  marked: string | null;
  errors?: { message: string }[];
}

/** A workbook or table of reports: judged first, written when nothing is wrong with it. */
export function ImportFile({
  kind,
  sector,
  year,
}: {
  kind: ReportKind;
  sector: Sector;
  year: number;
}) {
  const texts = entryTexts();
  const { unreachable } = partTexts();
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | undefined>();
  const [busy, setBusy] = useState<string | undefined>();
  const [answer, setAnswer] = useState<ImportAnswer | undefined>();
  const [done, setDone] = useState<string | undefined>();
  const forget = () => {
    setAnswer(undefined);
    setDone(undefined);
    setProblem(undefined);
  };
  const send = async (words: Record<string, string>, said: string) => {
    const file = field.current!.files?.[0];
    if (!file) {
      setProblem(texts.fileNeeded);
      field.current!.focus();
      return undefined;
    }
    setBusy(said);
    setProblem(undefined);
    const query = new URLSearchParams({ sector, year: String(year), file: file.name, ...words });
    const read = await post(`/import/${kind.subgraph}?${query.toString()}`, file).catch(
      () => undefined,
    );
    setBusy(undefined);
    const refusal = read?.errors?.[0];
    if (read === undefined || refusal !== undefined) {
      const message = refusal?.message;
      setProblem(message === undefined ? unreachable : inOneLanguage(message));
      return undefined;
    }
    setAnswer(read);
    return read;
  };
  const write = async (submit: boolean) => {
    const read = await send(submit ? { submit: "1" } : {}, texts.writing);
    if (read?.written) setDone(submit ? texts.wroteSubmitted : texts.wroteDrafts);
  };
  const isRight = answer?.marked === null;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        forget();
        void send({ dryRun: "1" }, texts.checking);
      }}
    >
      <p>{texts.importHelp}</p>
      <div class="field">
        <label for="file">{texts.file}</label>
        <input
          id="file"
          ref={field}
          type="file"
          accept=".xlsx,.csv,.txt"
          aria-describedby="file-problem"
          aria-invalid={problem !== undefined}
          onChange={forget}
        />
        <p class="field-problem" id="file-problem" role="alert">
          {problem}
        </p>
      </div>
      <div class="buttons">
        <button type="submit" disabled={busy !== undefined}>
          {texts.check}
        </button>
        {isRight && done === undefined && answer.created + answer.changed > 0 && (
          <>
            <button type="button" disabled={busy !== undefined} onClick={() => void write(false)}>
              {texts.write}
            </button>
            <button
              type="button"
              class="action"
              disabled={busy !== undefined}
              onClick={() => void write(true)}
            >
              {texts.writeAndSubmit}
            </button>
          </>
        )}
      </div>
      <div role="status">
        {busy !== undefined && <p>{busy}</p>}
        {isRight && (
          <p>
            {texts.counts(answer.rows, answer.created, answer.changed, answer.unchanged)}.{" "}
            {done === undefined ? texts.nothingWrong : <strong class="done">{done}</strong>}
          </p>
        )}
      </div>
      {answer && answer.problems.length > 0 && <Problems answer={answer} />}
    </form>
  );
}

async function post(address: string, file: File): Promise<ImportAnswer> {
  const headers = {
    "content-type": "application/octet-stream",
    "accept-language": language.peek(),
  };
  const reply = await fetch(address, { method: "POST", headers, body: file });
  return (await reply.json()) as ImportAnswer;
}

function Problems({ answer: { problems, marked } }: { answer: ImportAnswer }) {
  const texts = entryTexts();
  const wrong = problems.filter(({ severity }) => severity === "ERROR").length;
  return (
    <>
      {wrong > 0 && (
        <p role="alert" class="field-problem">
          {texts.fileProblems(wrong)}
        </p>
      )}
      {marked !== null && (
        <p>
          <button type="button" onClick={() => saveFile(decoded(marked), "bao-cao-loi.xlsx")}>
            {texts.marked}
          </button>
        </p>
      )}
      <DataTable
        caption={wrong > 0 ? texts.fileProblems(wrong) : texts.notice}
        isHeaded={wrong > 0}
        rows={problems.map((each, at) => ({ ...each, at }))}
        keyOf={({ at }) => String(at)}
        columns={[
          {
            name: texts.place,
            cell: (each) => (
              <>
                {each.severity === "ERROR" ? texts.error : texts.notice}: {placeOf(each)}
              </>
            ),
            sortBy: ({ line }) => line,
          },
          {
            name: texts.mend,
            cell: ({ message, code }) => (
              <span class="wrap">
                {message} <code class="rule">{code}</code>
              </span>
            ),
            sortBy: ({ code }) => code,
          },
        ]}
      />
    </>
  );
}

const decoded = (base64: string) =>
  new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]);

/** As somebody finds it who has the file open; a text has no sheets. */
function placeOf({ sheet, line, column, header }: FileProblem): string {
  const texts = entryTexts();
  const place = [
    ...(/\.(?:csv|txt)$/iu.test(sheet) ? [] : [sheet]),
    ...(line === null ? [] : [texts.row(line)]),
    ...(column === null ? [] : [texts.column(column)]),
  ].join(", ");
  return header === null ? place : `${place} (${header})`;
}
