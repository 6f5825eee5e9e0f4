import type { EntityManager } from "typeorm";
import type { FieldChange } from "../ledger/ledger";
import { AuditEntryRecord } from "../ledger/ledger.record";
import type { AgencyDirectory } from "../rights/agency-directory";
import { problem, type Problem } from "./problem";

/**
 * Null when the writer has read the latest version; otherwise what was changed since, when and by which agency.
 */
export async function staleProblem(
  manager: EntityManager,
  agencies: AgencyDirectory,
  record: { id: string; version: number; auditSequence: number | null },
  readVersion: number,
  path: readonly string[],
): Promise<Problem | null> {
  if (record.version === readVersion) return null;
  const entries = await manager
    .createQueryBuilder(AuditEntryRecord, "e")
    .where("e.record_id = :id AND e.version > :readVersion", { id: record.id, readVersion })
    // An import is one entry about many records.
    .orWhere("e.sequence = :sequence", { sequence: record.auditSequence ?? 0 })
    .orderBy("e.sequence")
    .getMany();
  const told = (language: "vi" | "en") =>
    entries
      .map(({ agencyId, at, action, changes, recordId }) => {
        const isOwn = recordId === record.id;
        const fields = isOwn
          ? (JSON.parse(changes) as FieldChange[]).map(({ field }) => field)
          : [];
        const who = agencies.name(agencyId, language) ?? agencyId;
        return `${who}, ${at.slice(0, 16).replace("T", " ")} UTC: ${fields.join(", ") || action}`;
      })
      .join("; ");
  return problem("STALE_VERSION", path, [
    `Bản ghi đang ở phiên bản ${record.version}, không phải ${readVersion}. Đã thay đổi: ${told("vi") || "không rõ"}. Hãy đọc lại rồi gửi lại.`,
    `The record is at version ${record.version}, not ${readVersion}. Changed since: ${told("en") || "not known"}. Read it again and repeat.`,
  ]);
}
