import type { ReadRecords, SheetRecord } from "../../sheet/columns";
import type { SheetProblem } from "../../sheet/sheet-problem";
import type { Territory } from "../../territory/territory";
import { readInterval, type RecordKind } from "./record-sheets";

/** What the rows of an export are held to before they are read back. */
export interface RecordHouse {
  territory: Territory;
  /** The kinds that the owner may have; undefined where institutions have one kind only. */
  kinds: readonly string[] | undefined;
  /** Ids of the institutions that are there. */
  institutions: ReadonlySet<string>;
}

const STATES = ["DRAFT", "SUBMITTED", "RETURNED", "APPROVED"];

/** What of a row could not have been written by the hub itself: it was changed, or belongs to another hub. */
export function recordProblems(
  kind: RecordKind,
  { line, values }: SheetRecord,
  { territory, kinds, institutions }: RecordHouse,
  { sheet, found }: { sheet: string; found: ReadRecords["found"] },
): SheetProblem[] {
  const problems: SheetProblem[] = [];
  const tell = (key: string, code: string, vi: string, en: string) => {
    const place = found.get(key) ?? { column: null, header: null };
    problems.push({ severity: "ERROR", code, sheet, line, ...place, vi, en });
  };
  const judge = (key: "placements" | "kinds", isKnown: (value: string) => boolean) => {
    for (const text of (values[key] as string[] | null | undefined) ?? []) {
      const interval = readInterval(text);
      if (interval && isKnown(interval.value)) continue;
      tell(
        key,
        "UNKNOWN_VALUE",
        `“${text}” không phải giá trị do hệ thống xuất ra; hãy dùng nguyên bản xuất.`,
        `“${text}” is nothing that the hub exports; use the export as it was.`,
      );
    }
  };
  if (kind === "institutions") {
    judge("placements", (unitId) => territory.unit(unitId) !== undefined);
    judge("kinds", (each) => kinds?.includes(each) ?? false);
    return problems;
  }
  const state = (values.state as string | null | undefined) ?? "";
  if (!STATES.includes(state)) {
    tell(
      "state",
      "UNKNOWN_VALUE",
      `Trạng thái “${state}” không có; chỉ có ${STATES.join(", ")}.`,
      `There is no state “${state}”; there are ${STATES.join(", ")}.`,
    );
  }
  if (!institutions.has(String(values.institutionId))) {
    tell(
      "institutionId",
      "UNKNOWN_INSTITUTION",
      `Không có cơ sở ${String(values.institutionId)}; hãy khôi phục danh mục cơ sở trước.`,
      `There is no institution ${String(values.institutionId)}; restore the institutions first.`,
    );
  }
  return problems;
}
