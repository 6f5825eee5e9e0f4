import { In, type EntityManager } from "typeorm";
import type { Day } from "../../calendar";
import { problem, tooLong, type Problem } from "../../entry/problem";
import { rulingInForce } from "../../indicator/ruling.record";
import type { Sector } from "../../sector";
import { levelOf } from "../../territory/unit-type";
import { foldText } from "../../vietnamese-text";
import type { EntryHouse } from "./entry-house";

const required = (path: readonly string[]): Problem =>
  problem("REQUIRED", path, ["Cần nhập giá trị này.", "A value is needed here."]);

export async function codeProblems(
  manager: EntityManager,
  { records }: EntryHouse,
  code: string,
  ownId: string | null,
): Promise<Problem[]> {
  const path = ["input", "code"];
  if (code === "") return [required(path)];
  if (code.length > 32) return tooLong(code, 32, path);
  const holder = await manager.findOneBy(records.institution, { code });
  if (!holder || holder.id === ownId) return [];
  return [
    problem("CODE_TAKEN", path, [
      `Mã số ${code} đã dùng cho “${holder.name}” (${holder.id}).`,
      `Code ${code} is that of “${holder.name}” (${holder.id}).`,
    ]),
  ];
}

export function nameProblems(name: string): Problem[] {
  const path = ["input", "name"];
  return name === "" ? [required(path)] : tooLong(name, 200, path);
}

/** A kind that the owner may have, of a class that has not ended by the day. */
export async function kindProblems(
  manager: EntityManager,
  { records, design, hasRulings, today }: EntryHouse,
  sector: Sector,
  kind: string | null,
  from: Day | null,
  path: readonly string[],
): Promise<Problem[]> {
  if (!records.kind) return [];
  if (kind === null) return [required(path)];
  const allowed = design.kindsBySector?.[sector] ?? [];
  if (!allowed.includes(kind)) {
    return [
      problem("WRONG_KIND", path, [
        `Ngành này không có loại ${kind}; các loại được dùng: ${allowed.join(", ")}.`,
        `This sector has no kind ${kind}; it has ${allowed.join(", ")}.`,
      ]),
    ];
  }
  const ruling = hasRulings ? await rulingInForce(manager, kind) : null;
  if (!ruling || (from ?? today) < ruling.classEndedOn) return [];
  return [
    problem("WRONG_KIND", path, [
      `Loại ${kind} đã chấm dứt từ ngày ${ruling.classEndedOn} (${ruling.citation})`,
      `The class ${kind} ended on ${ruling.classEndedOn}: no institution begins in it after that.`,
    ]),
  ];
}

/** A unit of commune level, and one that holds on the day from which the institution stands there. */
export function placeProblems(
  { territory, today }: EntryHouse,
  unitId: string,
  from: Day | null,
  { inForce = false } = {},
): Problem[] {
  const path = ["input", "unit"];
  const unit = territory.unit(unitId)!;
  if (levelOf(unit.type) !== 2) {
    return [
      problem("WRONG_UNIT", path, [
        `${unit.name} không phải đơn vị cấp xã; hãy nêu xã, phường nơi cơ sở đặt địa điểm.`,
        `${unit.name} is not a commune-level unit; name the commune or ward where the institution stands.`,
      ]),
    ];
  }
  const day = from ?? (inForce ? today : null);
  if (day !== null && unit.validUntil !== null && unit.validUntil <= day) {
    return [
      problem("WRONG_UNIT", path, [
        `${unit.name} (${unit.code}) đã kết thúc ngày ${unit.validUntil}, trước ngày ${day}; hãy nêu đơn vị kế tục.`,
        `${unit.name} (${unit.code}) ended on ${unit.validUntil}, before ${day}; name its successor.`,
      ]),
    ];
  }
  if (inForce && day !== null && unit.validFrom !== null && unit.validFrom > day) {
    return [
      problem("WRONG_UNIT", path, [
        `${unit.name} (${unit.code}) chỉ có từ ngày ${unit.validFrom}, sau ngày ${day}; hãy nêu đơn vị khi đó.`,
        `${unit.name} (${unit.code}) has existed only since ${unit.validFrom}, after ${day}; name the unit of that day.`,
      ]),
    ];
  }
  return [];
}

export function agencyProblems(
  { agencies, today }: EntryHouse,
  agencyId: string | null | undefined,
): Problem[] {
  if (agencyId == null || agencies.exists(agencyId, today)) return [];
  return [
    problem(
      "WRONG_AGENCY",
      ["input", "managingAgencyId"],
      [
        `Cơ quan ${agencyId} không có trong danh mục hoặc đã kết thúc.`,
        `Agency ${agencyId} is unknown or has ended.`,
      ],
    ),
  ];
}

/** Not in the future; after the one day, and not after the other, where such are given. */
export function dayProblems(
  { today }: EntryHouse,
  day: Day | null,
  path: readonly string[],
  { after, before }: { after?: Day | null | undefined; before?: Day | null | undefined } = {},
): Problem[] {
  if (day === null) return [];
  if (day > today) {
    return [
      problem("WRONG_DAY", path, [
        `Ngày ${day} chưa đến; chỉ ghi việc đã xảy ra, muộn nhất là ${today}.`,
        `${day} is in the future; only what has happened is recorded, ${today} at the latest.`,
      ]),
    ];
  }
  if (after != null && day <= after) {
    return [
      problem("WRONG_DAY", path, [
        `Ngày ${day} phải sau ngày ${after}, là mốc gần nhất đã ghi.`,
        `${day} must come after ${after}, the latest day on record.`,
      ]),
    ];
  }
  if (before != null && day > before) {
    return [
      problem("WRONG_DAY", path, [
        `Ngày ${day} phải không sau ngày ${before}, là mốc đã ghi tiếp theo.`,
        `${day} must not come after ${before}, the next day on record.`,
      ]),
    ];
  }
  return [];
}

/** Institutions that are open, bear the same name without regard to marks, and stand in the same place. */
export async function duplicateProblems(
  manager: EntityManager,
  { records, territory }: EntryHouse,
  { name, unitId }: { name: string; unitId: string },
  notDuplicateOf: readonly string[],
): Promise<Problem[]> {
  const namesakes = (
    await manager.findBy(records.institution, { nameFolded: foldText(name) })
  ).filter(({ id, closedOn }) => closedOn === null && !notDuplicateOf.includes(id));
  if (namesakes.length === 0) return [];
  const places = await manager.find(records.placement, {
    where: { institutionId: In(namesakes.map(({ id }) => id)) },
    order: { ordinal: "ASC" },
  });
  const placeOf = new Map(places.map((place) => [place.institutionId, place.unitId]));
  const isSamePlace = (other: string) =>
    territory.relation(unitId, other) === "INSIDE" ||
    territory.relation(other, unitId) === "INSIDE";
  const same = namesakes.filter(({ id }) => isSamePlace(placeOf.get(id) ?? ""));
  if (same.length === 0) return [];
  const told = same.map(({ id, code, name: known }) => `“${known}” (${code}, ${id})`).join(", ");
  return [
    problem(
      "DUPLICATE",
      ["input", "name"],
      [
        `Cùng tên, cùng địa bàn với ${told}. Nếu là cơ sở khác, hãy nêu mã định danh đó trong \`notDuplicateOf\`.`,
        `Same name and place as ${told}. If it is another one, name that id in \`notDuplicateOf\`.`,
      ],
    ),
  ];
}
