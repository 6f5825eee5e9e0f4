import { problem, type Problem } from "../../entry/problem";
import { staleProblem } from "../../entry/stale-version";
import type { FieldChange, LedgerWrite, Outcome } from "../../ledger/ledger";
import type { InstitutionRecord } from "../institution.record";
import { notFound, readWhole, type EntryHouse, type Whole } from "./entry-house";

/** What is answered: the row as it was written. */
export interface WrittenInstitution {
  institution: InstitutionRecord;
}

/** Which institution is written, and which version of it the writer has read. */
export interface Step {
  id: string;
  version: number;
}

/** Finds the institution at the version that the writer has read, judges, and writes the row one version further. */
export async function changeInstitution(
  house: EntryHouse,
  write: LedgerWrite,
  { id, version }: Step,
  judge: (whole: Whole) => Promise<{
    problems: Problem[];
    action: string;
    changes: FieldChange[];
    reason?: string;
    row: Partial<InstitutionRecord>;
    also?: () => Promise<void>;
  }>,
  path: readonly string[] = ["input"],
): Promise<Outcome<WrittenInstitution>> {
  const { records, agencies } = house;
  const whole = await readWhole(write.manager, records, id);
  if (!whole) return { problems: [notFound([...path, "id"])] };
  const { institution } = whole;
  const stale = await staleProblem(write.manager, agencies, institution, version, [
    ...path,
    "version",
  ]);
  if (stale) return { problems: [stale] };
  const { problems, action, changes, reason, row, also } = await judge(whole);
  if (problems.length > 0) return { problems };
  const next = institution.version + 1;
  const auditSequence = write.note({ action, recordId: id, version: next, changes, reason });
  const written = { ...row, version: next, auditSequence };
  await write.manager.update(records.institution, { id }, written);
  await also?.();
  return { answer: { institution: Object.assign(institution, written) } };
}

export const nothingChanged = problem(
  "NOTHING_CHANGED",
  ["input"],
  ["Không có gì khác với bản ghi hiện có.", "Nothing differs from the record as it is."],
);

/** Nothing moves, or changes its kind, once it is closed. */
export function stillOpen(
  { closedOn }: InstitutionRecord,
  path: readonly string[] = ["input"],
): Problem[] {
  if (closedOn === null) return [];
  return [
    problem(
      "WRONG_STATE",
      [...path, "id"],
      [`Cơ sở đã đóng từ ngày ${closedOn}.`, `The institution has been closed since ${closedOn}.`],
    ),
  ];
}
