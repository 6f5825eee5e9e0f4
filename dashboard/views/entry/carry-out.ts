import { ask, HubUnreachable } from "../../hub/ask";
import type { TrustedDocument } from "../../hub/trusted-document";
import type { OutcomeAnswer, ReportState, UserError } from "./report-kinds";

/** What became of a write. */
export type Carried =
  | { outcome: "DONE"; report: { id: string; version: number; state: ReportState } }
  | { outcome: "WRONG"; errors: readonly UserError[] }
  /** Whether it was written is not known: it may be sent again, under the same key. */
  | { outcome: "UNREACHABLE" }
  | { outcome: "SIGNED_OUT" }
  | { outcome: "REFUSED"; message: string };

/** Faults that pass by themselves. */
const PASSING = ["SUBGRAPH_UNAVAILABLE", "OVERLOADED", "TOO_MANY_REQUESTS"];

/** Asks the hub to write something. Never throws. */
export async function carryOut<Variables>(
  document: TrustedDocument<OutcomeAnswer, Variables>,
  variables: Variables,
): Promise<Carried> {
  try {
    const { data, faults } = await ask(document, variables);
    const outcome = data?.outcome;
    if (outcome?.report) return { outcome: "DONE", report: outcome.report };
    if (outcome) return { outcome: "WRONG", errors: outcome.userErrors };
    const [fault] = faults;
    if (fault?.code === "UNAUTHENTICATED") return { outcome: "SIGNED_OUT" };
    if (fault === undefined || PASSING.includes(fault.code)) return { outcome: "UNREACHABLE" };
    return { outcome: "REFUSED", message: fault.message };
  } catch (error) {
    if (error instanceof HubUnreachable) return { outcome: "UNREACHABLE" };
    throw error;
  }
}
