import type { EntityManager } from "typeorm";
import type { Database } from "../../database";
import type { SheetColumn } from "../../sheet/columns";
import type { MeasureBook } from "../entry/measures";
import type { IntervalRecord } from "../institution.record";
import type { InstitutionRecords } from "../institution.repository";
import { accountHash } from "../entry/report-rules";
import { reportColumns } from "./report-sheet";

/** Every institution of an owner, or every revision of their reports, as rows that can be read back into an empty hub. */
export type RecordKind = "institutions" | "reports";

const AT_ONCE = 1000;

const column = (
  key: string,
  kind: SheetColumn["kind"],
  vi: string,
  en: string,
  explanation: { vi: string; en: string },
): SheetColumn => ({
  key,
  kind,
  labels: { vi, en },
  synonyms: [],
  required: key === "id" || key === "institutionId",
  explanation,
  example: "",
});
const said = (vi: string, en: string) => ({ vi, en });

const INSTITUTION_COLUMNS: SheetColumn[] = [
  column("id", "TEXT", "Mã định danh", "Id", said("Do hệ thống cấp.", "Issued by the hub.")),
  column("code", "TEXT", "Mã số", "Code", said("Của ngành.", "The owner's own.")),
  column("name", "TEXT", "Tên cơ sở", "Name", said("Tên.", "The name.")),
  column(
    "managingAgencyId",
    "TEXT",
    "Cơ quan quản lý",
    "Managing agency",
    said("Mã cơ quan.", "The agency's id."),
  ),
  column(
    "openedOn",
    "DAY",
    "Ngày mở",
    "Opened on",
    said("Bỏ trống: không rõ.", "Blank: not known."),
  ),
  column(
    "closedOn",
    "DAY",
    "Ngày đóng",
    "Closed on",
    said("Bỏ trống: còn mở.", "Blank: still open."),
  ),
  column(
    "placements",
    "TEXT_LIST",
    "Quá trình địa điểm",
    "Placements",
    said("đơn vị từ..đến", "unit from..until; until is the first day on which it no longer held."),
  ),
  column(
    "kinds",
    "TEXT_LIST",
    "Quá trình phân loại",
    "Kinds",
    said("loại từ..đến", "kind from..until."),
  ),
  column("mergedIntoId", "TEXT", "Đã nhập vào", "Merged into", said("Mã định danh.", "An id.")),
  column(
    "demonstration",
    "YES_NO",
    "Dữ liệu minh họa",
    "Demonstration",
    said("Có/Không.", "Yes or no."),
  ),
  column(
    "version",
    "COUNT",
    "Phiên bản",
    "Version",
    said("Số lần ghi.", "How often it was written."),
  ),
];

const REPORT_COLUMNS: SheetColumn[] = [
  column("id", "TEXT", "Mã báo cáo", "Report id", said("Do hệ thống cấp.", "Issued by the hub.")),
  column(
    "institutionId",
    "TEXT",
    "Mã định danh cơ sở",
    "Institution id",
    said("Cơ sở.", "Whose report it is."),
  ),
  column("reportYear", "COUNT", "Năm của báo cáo", "Report year", said("Năm.", "The year.")),
  column("revision", "COUNT", "Lần", "Revision", said("1 là lần đầu.", "1 is the first.")),
  column(
    "state",
    "TEXT",
    "Trạng thái",
    "State",
    said("DRAFT, SUBMITTED, RETURNED, APPROVED.", "Likewise."),
  ),
  column("submittedAt", "TEXT", "Nộp lúc", "Submitted at", said("Giờ UTC.", "UTC.")),
  column(
    "submittedBy",
    "TEXT",
    "Người nộp (mã băm)",
    "Submitted by (hash)",
    said(
      "Mã băm của tài khoản, vì người nộp không được tự duyệt.",
      "Of the account, for whoever submitted does not approve.",
    ),
  ),
  column("approvedAt", "TEXT", "Duyệt lúc", "Approved at", said("Giờ UTC.", "UTC.")),
  column("returnReason", "TEXT", "Lý do trả lại", "Return reason", said("Lý do.", "The reason.")),
  column(
    "version",
    "COUNT",
    "Phiên bản",
    "Version",
    said("Số lần ghi.", "How often it was written."),
  ),
];

/** The columns of the rows of a kind. */
export function recordColumns(kind: RecordKind, book: MeasureBook): SheetColumn[] {
  if (kind === "institutions") return INSTITUTION_COLUMNS;
  const measures = reportColumns(book).filter(
    ({ key }) => !["code", "name", "unit", "year"].includes(key),
  );
  return [...REPORT_COLUMNS, ...measures];
}

/** The rows of a kind, by id, a few at a time. */
export async function* recordRows(
  kind: RecordKind,
  database: Database,
  records: InstitutionRecords,
): AsyncGenerator<Record<string, unknown>> {
  const record = kind === "institutions" ? records.institution : records.report;
  let after = "";
  for (;;) {
    const rows = await database.read((manager) =>
      manager
        .createQueryBuilder(record as new () => { id: string }, "r")
        .where("r.id > :after", { after })
        .orderBy("r.id")
        .limit(AT_ONCE)
        .getMany(),
    );
    if (rows.length === 0) return;
    after = rows.at(-1)!.id;
    const histories =
      kind === "institutions"
        ? await database.read((manager) =>
            readHistories(
              manager,
              records,
              rows.map(({ id }) => id),
            ),
          )
        : new Map<string, object>();
    for (const row of rows) yield { ...toRow(row), ...histories.get(row.id) };
  }
}

function toRow(row: object): Record<string, unknown> {
  const values = { ...row } as Record<string, unknown>;
  for (const key of ["submittedAt", "approvedAt"])
    if (values[key] instanceof Date) values[key] = values[key].toISOString();
  const { submittedBy } = values;
  if (typeof submittedBy === "string" && !submittedBy.startsWith("sha256:"))
    values.submittedBy = accountHash(submittedBy);
  if ("year" in values) values.reportYear = values.year;
  return values;
}

async function readHistories(
  manager: EntityManager,
  { placement, kind }: InstitutionRecords,
  ids: readonly string[],
): Promise<Map<string, object>> {
  const histories = new Map(
    ids.map((id) => [id, { placements: [] as string[], kinds: [] as string[] }]),
  );
  const read = async (
    record: new () => IntervalRecord,
    valueOf: (row: IntervalRecord) => string,
    part: "placements" | "kinds",
  ) => {
    const rows = await manager
      .createQueryBuilder(record, "h")
      .where("h.institution_id IN (:...ids)", { ids: [...ids] })
      .orderBy("h.institutionId")
      .addOrderBy("h.ordinal")
      .getMany();
    for (const row of rows)
      histories.get(row.institutionId)![part].push(intervalText(valueOf(row), row));
  };
  await read(placement, (row) => (row as InstanceType<typeof placement>).unitId, "placements");
  if (kind) await read(kind, (row) => (row as InstanceType<typeof kind>).kind, "kinds");
  return histories;
}

function intervalText(value: string, { fromOn, untilOn }: IntervalRecord): string {
  return `${value} ${fromOn ?? ""}..${untilOn ?? ""}`;
}

/** What `intervalText` wrote; null for anything else. */
export function readInterval(
  text: string,
): { value: string; fromOn: string | null; untilOn: string | null } | null {
  const day = "(\\d{4}-\\d{2}-\\d{2})?";
  const [match, value, from, until] =
    new RegExp(`^(\\S+) ${day}\\.\\.${day}$`, "u").exec(text) ?? [];
  if (match === undefined) return null;
  return { value: value!, fromOn: from ?? null, untilOn: until ?? null };
}
