import { createHash } from "node:crypto";
import { FIRST_YEAR, LAST_YEAR, lastDayOf, type Day } from "../../calendar";
import { problem, type Problem } from "../../entry/problem";
import type { InstitutionRecord, ReportRecord } from "../institution.record";
import type { MeasureBook, MeasureValues } from "./measures";

/** Of what is kept beside a report, in characters. */
export const LONGEST_EXPLANATION = 500;

/** What a report's row says, by the measures' keys. */
export function measuresOf({ measures }: MeasureBook, row: object): MeasureValues {
  const values = row as Record<string, unknown>;
  return Object.fromEntries(measures.map(({ key }) => [key, values[key] ?? null]));
}

/** The values after a save: what is left out stays as it was, and what never was is not reported. */
export function merged(
  { measures }: MeasureBook,
  before: MeasureValues,
  given: MeasureValues,
): MeasureValues {
  const after: Record<string, unknown> = {};
  for (const { key } of measures)
    after[key] = given[key] === undefined ? (before[key] ?? null) : given[key];
  return after;
}

/** Reports are taken for the plan's years up to this one, of institutions that were open in the year. */
export function yearProblems(
  institution: Pick<InstitutionRecord, "openedOn" | "closedOn">,
  year: number,
  today: Day,
): Problem[] {
  const path = ["input", "year"];
  const thisYear = Number(today.slice(0, 4));
  const last = Math.min(thisYear, LAST_YEAR);
  if (year < FIRST_YEAR || year > last) {
    return [
      problem("WRONG_YEAR", path, [
        `Năm ${year} chưa nhận báo cáo; nhận từ ${FIRST_YEAR} đến ${last}.`,
        `No reports are taken for ${year}; they are from ${FIRST_YEAR} to ${last}.`,
      ]),
    ];
  }
  const { openedOn, closedOn } = institution;
  const opened = openedOn === null || openedOn <= lastDayOf(year);
  if (opened && (closedOn === null || closedOn > `${year}-01-01`)) return [];
  return [
    problem("WRONG_YEAR", path, [
      `Cơ sở không hoạt động trong năm ${year} (mở ${openedOn ?? "không rõ"}, đóng ${closedOn ?? "chưa"}).`,
      `The institution was not open in ${year} (opened ${openedOn ?? "unknown"}, closed ${closedOn ?? "not yet"}).`,
    ]),
  ];
}

const STATES: Readonly<Record<string, readonly [string, string]>> = {
  DRAFT: ["đang là bản nháp", "is a draft"],
  SUBMITTED: ["đã nộp, đang chờ duyệt", "has been submitted and waits for approval"],
  RETURNED: ["đã bị trả lại", "was sent back"],
  APPROVED: [
    "đã duyệt nên khóa; hãy mở lần sửa mới (revise…)",
    "is approved and therefore locked; begin a new revision (revise…)",
  ],
};

/** Whether the step can be taken from the state that the report is in. */
export function stateProblems(
  { state }: Pick<ReportRecord, "state">,
  allowed: readonly string[],
  path: readonly string[],
): Problem[] {
  if (allowed.includes(state)) return [];
  const [vi, en] = STATES[state]!;
  return [
    problem("WRONG_STATE", path, [
      `Báo cáo ${vi}; bước này chỉ làm được khi báo cáo ở trạng thái ${allowed.join(", ")}.`,
      `The report ${en}; this step needs one of the states ${allowed.join(", ")}.`,
    ]),
  ];
}

/** Whoever saves over a report that is there must have read it; whoever read one that is not there is mistaken. */
export function versionProblems(
  latest: Pick<ReportRecord, "version"> | null,
  version: number | null,
): Problem[] {
  const path = ["input", "version"];
  if (latest && version === null) {
    return [
      problem("STALE_VERSION", path, [
        `Báo cáo năm này đã có, phiên bản ${latest.version}; hãy đọc rồi gửi kèm \`version\`.`,
        `There is a report for this year already, at version ${latest.version}; read it and send its \`version\`.`,
      ]),
    ];
  }
  if (!latest && version !== null) {
    return [
      problem("STALE_VERSION", path, [
        "Chưa có báo cáo năm này; bỏ `version` để lưu lần đầu.",
        "There is no report for this year yet; leave `version` out to save the first.",
      ]),
    ];
  }
  return [];
}

export function notLatest({ revision, state }: ReportRecord): Problem {
  return problem(
    "WRONG_STATE",
    ["input", "id"],
    [
      `Đã có lần sửa ${revision} (${state}); hãy tiếp tục lần đó.`,
      `Revision ${revision} (${state}) has been begun already; go on with that one.`,
    ],
  );
}

export const emptyReport = problem(
  "EMPTY_REPORT",
  ["input", "id"],
  [
    "Báo cáo chưa có số liệu nào; hãy nhập ít nhất một giá trị rồi nộp.",
    "Nothing has been reported yet; enter at least one value before you submit.",
  ],
);

/** An account as an export tells it: who it is can be recognised by whoever knows the account, and not be read. */
export const accountHash = (subject: string): string =>
  `sha256:${createHash("sha256").update(subject).digest("base64url")}`;

/** Whether the account submitted the report; it may have been read back from an export since. */
export const isSubmitter = (submittedBy: string | null, subject: string): boolean =>
  submittedBy === subject || submittedBy === accountHash(subject);

export const samePerson = problem(
  "SAME_PERSON",
  ["input", "id"],
  [
    "Người nộp không được tự duyệt; cần một tài khoản khác có vai trò người duyệt.",
    "Whoever submitted the report cannot approve it; another account with the role APPROVER is needed.",
  ],
);
