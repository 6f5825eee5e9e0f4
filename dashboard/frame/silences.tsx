import { hubState, type Silence } from "../hub/hub-state";
import { hubTexts } from "../language/hub.messages";
import { instant } from "../language/format";
import { frameTexts } from "./frame.messages";

/** Names who does not answer, and since when; read out as soon as it is known. */
export function Silences() {
  const silences = hubState.silences.value;
  return (
    <div role="status" class="silences">
      {silences.map((silence) => (
        <p key={`${silence.subgraph} ${silence.sector ?? ""}`} class="silence">
          <span aria-hidden="true">⚠ </span>
          {toldOf(silence)}
        </p>
      ))}
    </div>
  );
}

/** Who does not answer, since when, and what is shown instead. */
export function toldOf({ subgraph, sector, since, answeredAt }: Silence): string {
  const texts = frameTexts();
  const words = hubTexts();
  const what = (words.subgraph as Record<string, string>)[subgraph] ?? subgraph;
  const name = sector === undefined ? undefined : (words.sector as Record<string, string>)[sector];
  const who = name === undefined ? what : texts.sectorOf(what, name.toLocaleLowerCase());
  const silence = since === undefined ? texts.silent(who) : texts.silentSince(who, instant(since));
  return answeredAt === undefined
    ? `${silence} ${texts.nothingShown}`
    : `${silence} ${texts.lastShown(instant(answeredAt))}`;
}
