import { SeededRandom } from "../../foundation/institution/demonstration";
import type { DutyAgencyRecord } from "../duty/duty-agency.record";
import type { DutyProgressRecord } from "../duty-progress/duty-progress.record";
import type { DutyRecord } from "../duty/duty.record";
import { holdsOn } from "../validity";

const SEED = 1520;

/** How likely a report is in each year: the plan had just begun in 2022, and 2026 is not over. */
const REPORTED: Record<number, number> = {
  2022: 0.15,
  2023: 0.72,
  2024: 0.84,
  2025: 0.88,
  2026: 0.6,
};

const BLOCKED_REASONS = [
  "Chưa bố trí được kinh phí trong năm",
  "Thiếu người phụ trách sau khi sắp xếp tổ chức",
  "Đang chờ hướng dẫn của cơ quan cấp trên",
  "Trang thiết bị chưa đáp ứng yêu cầu",
];

/** One report a year from most of those who have a duty at its end, getting further with the years. */
export function demonstrationProgress(
  duties: readonly DutyRecord[],
  holders: readonly DutyAgencyRecord[],
): Omit<DutyProgressRecord, "id" | "version" | "auditSequence">[] {
  const random = new SeededRandom(SEED);
  return duties.flatMap((duty) =>
    holders
      .filter(({ dutyId }) => dutyId === duty.id)
      .flatMap((holder) =>
        Object.entries(REPORTED).flatMap(([key, likelihood]) => {
          const year = Number(key);
          // Drawn whether or not it counts, so that one agency's dates do not change another's figures.
          const drawn = progressIn(year, random);
          const isReported = random.chance(likelihood) && hadInAutumn(holder, year);
          return isReported
            ? [{ ...drawn, dutyId: duty.id, agencyId: holder.agencyId, year, demonstration: true }]
            : [];
        }),
      ),
  );
}

/** Reports are written from November on, by whoever has the duty then. */
function hadInAutumn(holder: DutyAgencyRecord, year: number): boolean {
  return holdsOn(holder, `${year}-11-01`);
}

function progressIn(year: number, random: SeededRandom) {
  const advance = random.next() + (year - 2022) * 0.13;
  const isBlocked = random.chance(0.06);
  const percent = random.between(20, 90);
  const reason = random.oneOf(BLOCKED_REASONS);
  const hasEvidence = random.chance(0.35);
  const document = random.between(100, 999);
  const day = random.between(1, 28);
  const reportedAt = new Date(Date.UTC(year, 10, day, random.between(1, 9), random.between(0, 59)));
  const silent = { blockedReason: null, evidenceUrl: null, reportedAt };
  if (isBlocked) {
    return {
      ...silent,
      status: "BLOCKED",
      percent: Math.min(percent, 50),
      summary: `Minh họa: công việc năm ${year} bị vướng mắc.`,
      blockedReason: reason,
    };
  }
  if (advance < 0.2) {
    return {
      ...silent,
      status: "NOT_STARTED",
      percent: 0,
      summary: `Minh họa: chưa triển khai trong năm ${year}.`,
    };
  }
  const isDone = advance > 0.95;
  return {
    ...silent,
    status: isDone ? "DONE" : "IN_PROGRESS",
    percent: isDone ? 100 : percent,
    summary: isDone
      ? `Minh họa: đã hoàn thành công việc năm ${year}.`
      : `Minh họa: đang triển khai theo kế hoạch năm ${year}.`,
    evidenceUrl: hasEvidence ? `https://example.org/minh-hoa/${year}/${document}` : null,
  };
}
