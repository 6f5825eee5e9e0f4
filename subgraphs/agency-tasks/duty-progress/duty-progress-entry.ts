import { randomUUID } from "node:crypto";
import { FIRST_YEAR, LAST_YEAR, type Day } from "../../foundation/calendar";
import { problem, tooLong, type Problem } from "../../foundation/entry/problem";
import { staleProblem } from "../../foundation/entry/stale-version";
import { changesBetween, type LedgerWrite, type Outcome } from "../../foundation/ledger/ledger";
import type { AgencyDirectory } from "../../foundation/rights/agency-directory";
import { DutyAgencyRecord } from "../duty/duty-agency.record";
import { DutyRecord } from "../duty/duty.record";
import { holdsIn } from "../validity";
import { DutyProgressRecord } from "./duty-progress.record";

export interface AskedProgress {
  dutyId: string;
  agencyId: string;
  year: number;
  version?: number | null;
  status: string;
  percent?: number | null;
  summary?: string | null;
  blockedReason?: string | null;
  evidenceUrl?: string | null;
}

const IN = (field: string) => ["input", field];

/** How far an agency is with a duty in a year: one row for each, whose every state the ledger keeps. */
export class DutyProgressEntry {
  constructor(
    private readonly agencies: AgencyDirectory,
    private readonly today: Day,
  ) {}

  async report(
    write: LedgerWrite,
    asked: AskedProgress,
  ): Promise<Outcome<{ progress: DutyProgressRecord }>> {
    const { manager } = write;
    const { dutyId, agencyId, year } = asked;
    const known = await manager.findOneBy(DutyProgressRecord, { dutyId, agencyId, year });
    if (known && asked.version != null) {
      const path = IN("version");
      const stale = await staleProblem(manager, this.agencies, known, asked.version, path);
      if (stale) return { problems: [stale] };
    }
    const after = {
      status: asked.status,
      percent: asked.percent ?? null,
      summary: asked.summary?.trim() || null,
      blockedReason: asked.blockedReason?.trim() || null,
      evidenceUrl: asked.evidenceUrl?.trim() || null,
    };
    const problems = [
      ...(await this.dutyProblems(write, asked)),
      ...versionProblems(known, asked.version ?? null),
      ...this.valueProblems(after),
    ];
    if (problems.length > 0) return { problems };
    const id = known?.id ?? randomUUID();
    const version = (known?.version ?? 0) + 1;
    const auditSequence = write.note({
      action: "REPORT_DUTY_PROGRESS",
      recordId: id,
      version,
      changes: changesBetween(
        { ...known },
        { ...(known ? {} : { dutyId, agencyId, year }), ...after },
      ),
    });
    const progress = Object.assign(new DutyProgressRecord(), {
      id,
      dutyId,
      agencyId,
      year,
      ...after,
      reportedAt: write.at,
      demonstration: false,
      version,
      auditSequence,
    });
    if (known) await manager.update(DutyProgressRecord, { id }, progress);
    else await manager.insert(DutyProgressRecord, progress);
    return { answer: { progress } };
  }

  private async dutyProblems(
    { manager }: LedgerWrite,
    { dutyId, agencyId, year }: AskedProgress,
  ): Promise<Problem[]> {
    const last = Math.min(Number(this.today.slice(0, 4)), LAST_YEAR);
    if (year < FIRST_YEAR || year > last) {
      return [
        problem("WRONG_YEAR", IN("year"), [
          `Năm phải từ ${FIRST_YEAR} đến ${last}, đã nhận ${year}.`,
          `The year must be from ${FIRST_YEAR} to ${last}; got ${year}.`,
        ]),
      ];
    }
    if (!(await manager.findOneBy(DutyRecord, { id: dutyId }))) {
      return [
        problem("NOT_FOUND", IN("dutyId"), [
          `Kế hoạch không có nhiệm vụ ${dutyId}.`,
          `The plan has no duty ${dutyId}.`,
        ]),
      ];
    }
    const held = await manager.findBy(DutyAgencyRecord, { dutyId, agencyId, part: "HOLDS" });
    if (held.some((holding) => holdsIn(holding, year))) return [];
    return [
      problem("WRONG_AGENCY", IN("agencyId"), [
        `Cơ quan ${agencyId} không giữ nhiệm vụ này trong năm ${year}.`,
        `Agency ${agencyId} did not have this duty in ${year}.`,
      ]),
    ];
  }

  private valueProblems({
    status,
    percent,
    summary,
    blockedReason,
    evidenceUrl,
  }: Pick<
    DutyProgressRecord,
    "status" | "percent" | "summary" | "blockedReason" | "evidenceUrl"
  >): Problem[] {
    const problems = [
      ...tooLong(summary ?? "", 500, IN("summary")),
      ...tooLong(blockedReason ?? "", 500, IN("blockedReason")),
      ...tooLong(evidenceUrl ?? "", 500, IN("evidenceUrl")),
    ];
    if (status === "NOT_REPORTED") {
      problems.push(
        problem("OUT_OF_RANGE", IN("status"), [
          "NOT_REPORTED nghĩa là chưa báo cáo; hãy chọn tình trạng khác.",
          "NOT_REPORTED means that nothing was reported; choose another status.",
        ]),
      );
    }
    if (percent !== null && (percent < 0 || percent > 100)) {
      problems.push(
        problem("OUT_OF_RANGE", IN("percent"), [
          `Mức độ phải từ 0 đến 100, đã nhận ${percent}.`,
          `The percentage must be from 0 to 100; got ${percent}.`,
        ]),
      );
    }
    if (status === "DONE" && percent !== null && percent !== 100) {
      problems.push(
        problem("INCONSISTENT", IN("percent"), [
          `Đã hoàn thành nhưng mức độ là ${percent}%; hãy sửa một trong hai.`,
          `Done, yet the percentage is ${percent}; mend one of the two.`,
        ]),
      );
    }
    if (status === "BLOCKED" && blockedReason === null) {
      problems.push(
        problem("REQUIRED", IN("blockedReason"), [
          "Đang vướng mắc: hãy nêu lý do.",
          "It is blocked: say why.",
        ]),
      );
    }
    if (evidenceUrl !== null && !isWebAddress(evidenceUrl)) {
      problems.push(
        problem("OUT_OF_RANGE", IN("evidenceUrl"), [
          "Minh chứng phải là địa chỉ http:// hoặc https://.",
          "The evidence must be an http:// or https:// address.",
        ]),
      );
    }
    return problems;
  }
}

function versionProblems(known: DutyProgressRecord | null, version: number | null): Problem[] {
  if (known && version === null) {
    return [
      problem("STALE_VERSION", IN("version"), [
        `Tiến độ năm này đã có, phiên bản ${known.version}; hãy đọc rồi gửi kèm \`version\`.`,
        `Progress for this year is there already, at version ${known.version}; read it and send its \`version\`.`,
      ]),
    ];
  }
  if (!known && version !== null) {
    return [
      problem("STALE_VERSION", IN("version"), [
        "Chưa có tiến độ năm này; bỏ `version` để ghi lần đầu.",
        "There is no progress for this year yet; leave `version` out to write the first.",
      ]),
    ];
  }
  return [];
}

function isWebAddress(text: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
