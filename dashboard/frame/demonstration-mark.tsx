import { hubState } from "../hub/hub-state";
import { frameTexts } from "./frame.messages";

/** Nobody may take invented figures for real ones; so it stands on every page that shows one, and on paper. */
export function DemonstrationMark() {
  if (!hubState.isDemonstration.value) return null;
  return <p class="demonstration">{frameTexts().demonstration}</p>;
}
