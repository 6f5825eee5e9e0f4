import { useState } from "preact/hooks";
import { inOneLanguage } from "../../hub/one-language";
import type { Sector } from "../../hub/session";
import { hubTexts } from "../../language/hub.messages";
import { language } from "../../language/language";
import { partTexts } from "../../parts/parts.messages";
import { saveFile } from "../../parts/save-file";
import { entryTexts } from "./entry.messages";
import type { ReportKind } from "./report-kinds";

/** The workbook to be filled in: the institutions that the officer reports for, with last year's values. */
export function TemplateButton({
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
  const [told, setTold] = useState<"MAKING" | "MADE" | { problem: string } | undefined>();
  const take = async () => {
    setTold("MAKING");
    const query = new URLSearchParams({ sector, year: String(year) });
    const made = await read(`/template/${kind.subgraph}?${query.toString()}`).catch(
      () => undefined,
    );
    if (made instanceof Blob) {
      saveFile(made, `mau-bao-cao-${kind.word}-${year}.xlsx`);
      return setTold("MADE");
    }
    setTold({ problem: made === undefined ? unreachable : inOneLanguage(made) });
  };
  const problem = typeof told === "object" ? told.problem : undefined;
  return (
    <div class="template">
      <p id="template-help">
        {texts.templateHelp(texts.kinds[kind.subgraph], hubTexts().sector[sector], year)}
      </p>
      <button
        type="button"
        disabled={told === "MAKING"}
        aria-describedby="template-help"
        onClick={() => void take()}
      >
        {texts.template}
      </button>
      <div role="status">
        {told === "MAKING" && <p>{texts.makingTemplate}</p>}
        {told === "MADE" && <p class="done">{texts.madeTemplate}</p>}
      </div>
      <p class="field-problem" role="alert">
        {problem}
      </p>
    </div>
  );
}

/** The workbook, or why there is none. */
async function read(address: string): Promise<Blob | string> {
  const reply = await fetch(address, { headers: { "accept-language": language.peek() } });
  if (reply.ok) return reply.blob();
  const { errors } = (await reply.json()) as { errors: [{ message: string }] };
  return errors[0].message;
}
