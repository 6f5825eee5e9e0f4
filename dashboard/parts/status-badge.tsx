import type { IndicatorStatus } from "../generated/unit-progress";
import { hubTexts } from "../language/hub.messages";

/** Shapes that differ without colour. */
const SIGNS: Readonly<Record<IndicatorStatus, string>> = {
  MET: "✔",
  ON_TRACK: "➚",
  BEHIND: "▼",
  NO_DATA: "?",
  NOT_APPLICABLE: "∅",
};

/** The state of a figure against the plan: a sign and a word, and a colour beside them. */
export function StatusBadge({ status }: { status: IndicatorStatus }) {
  return (
    <span class={`status status-${status.toLowerCase().replace("_", "-")}`}>
      <span aria-hidden="true">{SIGNS[status]} </span>
      {hubTexts().status[status]}
    </span>
  );
}
