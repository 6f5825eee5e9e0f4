import type { Day } from "../calendar";
import type { ReferenceProblem, ReferenceRow, ReferenceUnit, UnitType } from "./reference-file";

/** 0 the province, 1 the district level, 2 the commune level. */
export function levelOf(type: UnitType): 0 | 1 | 2 {
  if (type === "PROVINCE") return 0;
  return type === "DISTRICT" || type === "PROVINCIAL_CITY" ? 1 : 2;
}

/** Later than every day in a file. */
const FOR_EVER = "9999-12-31";

/**
 * Joins the rows' codes to versions of units and checks that they make one territory through time; what does not is
 * added to `problems`, and the units are then of no use.
 */
export function checkReferenceUnits(
  rows: ReferenceRow[],
  problems: ReferenceProblem[],
): ReferenceUnit[] {
  const report = (line: number, messageVi: string, messageEn: string) =>
    problems.push({ line, messageVi, messageEn });
  const units = rows.map(
    ({
      parentCode: _parent,
      successorCodes: _successors,
      instrument: _instrument,
      ...row
    }): ReferenceUnit => ({
      ...row,
      id: `unit:${row.code}${row.validFrom === null ? "" : `:${row.validFrom}`}`,
      parentId: null,
      successors: [],
      predecessors: [],
    }),
  );
  const versions = versionsByCode(units, report);
  const beginning = (code: string, day: Day) =>
    versions.get(code)?.find(({ validFrom }) => validFrom === day);

  const childless = new Set(units.map(({ id }) => id));
  rows.forEach((row, index) => {
    const unit = units[index]!;
    if (row.parentCode !== null) {
      const parent = versions
        .get(row.parentCode)
        ?.find(
          ({ validFrom, validUntil }) =>
            (validFrom ?? "") <= (row.validFrom ?? "") &&
            (row.validUntil ?? FOR_EVER) <= (validUntil ?? FOR_EVER),
        );
      if (parent) {
        unit.parentId = parent.id;
        childless.delete(parent.id);
      } else {
        report(
          row.line,
          `đơn vị cấp trên ${row.parentCode} không có hoặc không có hiệu lực suốt thời gian của đơn vị này`,
          `orphan: parent ${row.parentCode} does not exist, or is not in force for the unit's whole life`,
        );
      }
    } else if (levelOf(row.type) !== 0) {
      report(
        row.line,
        "thiếu mã đơn vị cấp trên",
        "orphan: only a province may go without a parent",
      );
    }
    linkSuccessors(row, unit, beginning, report);
  });
  checkParents(units, report);
  rows.forEach((row, index) => {
    const unit = units[index]!;
    if (unit.validUntil !== null && unit.successors.length === 0 && childless.has(unit.id)) {
      report(
        row.line,
        "đơn vị đã chấm dứt nhưng không có đơn vị kế thừa, địa bàn không đi về đâu; hãy ghi cột successors",
        "orphan: the unit has ended without a successor, so its territory goes nowhere; fill the column successors",
      );
    }
  });
  return units;
}

type Report = (line: number, messageVi: string, messageEn: string) => void;

function versionsByCode(units: ReferenceUnit[], report: Report): Map<string, ReferenceUnit[]> {
  const versions = new Map<string, ReferenceUnit[]>();
  for (const unit of units) versions.set(unit.code, [...(versions.get(unit.code) ?? []), unit]);
  for (const [code, sameCode] of versions) {
    const ordered = sameCode.sort((a, b) => ((a.validFrom ?? "") < (b.validFrom ?? "") ? -1 : 1));
    ordered.slice(1).forEach((later, index) => {
      const earlier = ordered[index]!;
      if ((earlier.validUntil ?? FOR_EVER) > (later.validFrom ?? "")) {
        report(
          Math.max(earlier.line, later.line),
          `mã ${code} có hai đơn vị cùng lúc (dòng ${Math.min(earlier.line, later.line)}); thời gian hiệu lực không được chồng nhau`,
          `code ${code} names two units at one time (see line ${Math.min(earlier.line, later.line)}); their intervals must not overlap`,
        );
      }
    });
  }
  return versions;
}

/** A successor is a version that begins when its predecessor ends, so a territory never changes within a version. */
function linkSuccessors(
  { successorCodes, instrument, line }: ReferenceRow,
  unit: ReferenceUnit,
  beginning: (code: string, day: Day) => ReferenceUnit | undefined,
  report: Report,
): void {
  if (successorCodes.length === 0) return;
  const on = unit.validUntil;
  if (on === null) {
    report(line, "có đơn vị kế thừa nhưng thiếu valid_until", "has successors but no valid_until");
    return;
  }
  if (instrument === null) {
    report(
      line,
      "thiếu văn bản pháp lý (instrument) của việc kế thừa",
      "the succession's legal instrument is missing",
    );
  }
  for (const code of new Set(successorCodes)) {
    const successor = beginning(code, on);
    if (!successor) {
      report(
        line,
        `đơn vị kế thừa ${code} không có phiên bản bắt đầu ngày ${on} (valid_from); đơn vị thay đổi địa bàn phải có dòng mới`,
        `successor ${code} has no version that begins on ${on} (valid_from); a unit whose territory changes needs a row of its own`,
      );
    } else if (levelOf(successor.type) !== levelOf(unit.type)) {
      report(line, `đơn vị kế thừa ${code} khác cấp`, `successor ${code} is of another level`);
    } else {
      unit.successors.push({ unitId: successor.id, on, instrument: instrument ?? "" });
      successor.predecessors.push({ unitId: unit.id, on, instrument: instrument ?? "" });
    }
  }
}

function checkParents(units: ReferenceUnit[], report: Report): void {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const sound = new Set<string>();
  for (const unit of units) {
    const path = new Set<ReferenceUnit>();
    let each: ReferenceUnit | undefined = unit;
    while (each && !sound.has(each.id)) {
      if (path.has(each)) {
        const names = [...path].map(({ code }) => code).join(" → ");
        report(
          unit.line,
          `quan hệ cấp trên đi vòng: ${names} → ${each.code}`,
          `cycle of parents: ${names} → ${each.code}`,
        );
        break;
      }
      path.add(each);
      const parent: ReferenceUnit | undefined =
        each.parentId === null ? undefined : byId.get(each.parentId);
      each = parent;
    }
    for (const { id } of path) sound.add(id);
  }
}
