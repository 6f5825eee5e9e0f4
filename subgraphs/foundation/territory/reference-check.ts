import type { Day } from "../calendar";
import type { ReferenceProblem, ReferenceRow, ReferenceUnit } from "./reference-file";
import { levelOf } from "./unit-type";

/** Later than every day in a file. */
const FOR_EVER = "9999-12-31";

type Report = (line: number, messageVi: string, messageEn: string) => void;
type Versions = ReadonlyMap<string, ReferenceUnit[]>;

/**
 * Joins the rows' codes to versions of units and checks that they make one territory through time; what does not is
 * added to `problems`, and the units are then of no use. Of `damagedCodes`, whose rows could not be read, nothing is
 * said again: each mistake is told once, where it is.
 */
export function checkReferenceUnits(
  rows: readonly ReferenceRow[],
  damagedCodes: ReadonlySet<string>,
  problems: ReferenceProblem[],
): ReferenceUnit[] {
  const report: Report = (line, messageVi, messageEn) =>
    problems.push({ line, messageVi, messageEn });
  const units = rows.map(unitOf);
  const versions = versionsByCode(units);
  for (const sameCode of versions.values()) checkOverlaps(sameCode, report);
  rows.forEach((row, index) => {
    if (!damagedCodes.has(row.parentCode ?? "")) linkParent(row, units[index]!, versions, report);
  });
  checkParents(units, report);
  const parents = new Set(units.map(({ parentId }) => parentId));
  rows.forEach((row, index) => {
    const unit = units[index]!;
    linkSuccessors(row, unit, versions, damagedCodes, report);
    checkHeirs(row, unit, parents, damagedCodes, report);
  });
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  for (const unit of units) checkSuccessorsAreFinest(unit, byId, parents, report);
  return units;
}

function unitOf({
  parentCode: _parent,
  successorCodes: _successors,
  instrument: _instrument,
  ...row
}: ReferenceRow): ReferenceUnit {
  return {
    ...row,
    id: `unit:${row.code}${row.validFrom === null ? "" : `:${row.validFrom}`}`,
    parentId: null,
    successors: [],
    predecessors: [],
  };
}

function versionsByCode(units: readonly ReferenceUnit[]): Versions {
  const versions = new Map<string, ReferenceUnit[]>();
  for (const unit of units) {
    const sameCode = versions.get(unit.code);
    if (sameCode) sameCode.push(unit);
    else versions.set(unit.code, [unit]);
  }
  for (const sameCode of versions.values()) {
    sameCode.sort((a, b) => ((a.validFrom ?? "") < (b.validFrom ?? "") ? -1 : 1));
  }
  return versions;
}

/** Each version, in the order of first days, against the one before it that ends last. */
function checkOverlaps([first, ...others]: readonly ReferenceUnit[], report: Report): void {
  let last = first!;
  for (const version of others) {
    if ((last.validUntil ?? FOR_EVER) > (version.validFrom ?? "")) {
      const [earlier, later] = [last.line, version.line].sort((a, b) => a - b) as [number, number];
      report(
        later,
        `mã ${version.code} có hai đơn vị cùng lúc (dòng ${earlier}); thời gian hiệu lực không được chồng nhau`,
        `code ${version.code} names two units at one time (see line ${earlier}); their intervals must not overlap`,
      );
    }
    if ((version.validUntil ?? FOR_EVER) > (last.validUntil ?? FOR_EVER)) last = version;
  }
}

function linkParent(
  { parentCode, line }: ReferenceRow,
  unit: ReferenceUnit,
  versions: Versions,
  report: Report,
): void {
  if (parentCode === null) {
    if (levelOf(unit.type) === 0) return;
    report(
      line,
      "thiếu mã đơn vị cấp trên",
      "orphan: only a province may go without a parent; fill the column parent_code",
    );
    return;
  }
  const parent = versions
    .get(parentCode)
    ?.find(
      ({ validFrom, validUntil }) =>
        (validFrom ?? "") <= (unit.validFrom ?? "") &&
        (unit.validUntil ?? FOR_EVER) <= (validUntil ?? FOR_EVER),
    );
  if (parent) {
    unit.parentId = parent.id;
    return;
  }
  report(
    line,
    `đơn vị cấp trên ${parentCode} ${versions.has(parentCode) ? "không có hiệu lực suốt thời gian của đơn vị này; hãy tách dòng theo thời kỳ" : "không có trong tệp; hãy thêm dòng hoặc sửa mã"}`,
    `orphan: parent ${parentCode} ${versions.has(parentCode) ? "is not in force for the unit's whole life; split the row by era" : "is not in the file; add its row or correct the code"}`,
  );
}

/**
 * A successor is a version that begins when its predecessor ends, so a territory never changes within a version, and a
 * chain of successions goes forward in time: a circle has a step back in it, which is refused here.
 */
function linkSuccessors(
  { successorCodes, instrument, line }: ReferenceRow,
  unit: ReferenceUnit,
  versions: Versions,
  damagedCodes: ReadonlySet<string>,
  report: Report,
): void {
  if (successorCodes.length === 0) return;
  const on = unit.validUntil;
  if (on === null) {
    report(
      line,
      "có đơn vị kế thừa nhưng thiếu valid_until",
      "has successors but no valid_until; fill in the day on which it ended",
    );
    return;
  }
  if (instrument === null) {
    report(
      line,
      "thiếu văn bản pháp lý (instrument) của việc kế thừa",
      "the succession's legal instrument is missing; fill the column instrument",
    );
  }
  for (const code of new Set(successorCodes)) {
    if (damagedCodes.has(code)) continue;
    const successor = versions.get(code)?.find(({ validFrom }) => validFrom === on);
    if (!successor) report(line, ...noSuccessor(code, on, versions.get(code) ?? []));
    else {
      unit.successors.push({ unitId: successor.id, on, instrument: instrument ?? "" });
      successor.predecessors.push({ unitId: unit.id, on, instrument: instrument ?? "" });
    }
  }
}

function noSuccessor(code: string, on: Day, known: readonly ReferenceUnit[]): [string, string] {
  if (known.length === 0) {
    return [
      `đơn vị kế thừa ${code} không có trong tệp; hãy thêm dòng hoặc sửa mã`,
      `successor ${code} is not in the file; add its row or correct the code`,
    ];
  }
  if (known.every(({ validUntil }) => validUntil !== null && validUntil <= on)) {
    return [
      `đơn vị kế thừa ${code} đã chấm dứt trước hoặc đúng ngày ${on}: kế thừa đi ngược thời gian hoặc đi vòng`,
      `successor ${code} had ended by ${on}: the succession goes back in time or in a cycle; correct successors`,
    ];
  }
  return [
    `đơn vị kế thừa ${code} không có phiên bản bắt đầu ngày ${on} (valid_from); đơn vị thay đổi địa bàn phải có dòng mới`,
    `successor ${code} has no version that begins on ${on} (valid_from); a unit whose territory changes needs a row of its own`,
  ];
}

/** A unit above others may end without heirs, since its territory lives on in theirs; one without subdivisions may not. */
function checkHeirs(
  { successorCodes, code, line }: ReferenceRow,
  { id, type, validUntil }: ReferenceUnit,
  parents: ReadonlySet<string | null>,
  damagedCodes: ReadonlySet<string>,
  report: Report,
): void {
  if (validUntil === null || successorCodes.length > 0) return;
  // A subdivision's row may be among the unreadable ones; a commune has none.
  const mayHaveSubdivisions = parents.has(id) || damagedCodes.size > 0;
  if (levelOf(type) !== 2 && mayHaveSubdivisions) return;
  report(
    line,
    `đơn vị ${code} đã chấm dứt nhưng không có đơn vị kế thừa, địa bàn không đi về đâu; hãy ghi cột successors`,
    `unit ${code} has ended without a successor, so its territory goes nowhere; fill the column successors`,
  );
}

/** Land is followed through units without subdivisions, so the heirs of one of these must be such too. */
function checkSuccessorsAreFinest(
  { id, line, successors }: ReferenceUnit,
  byId: ReadonlyMap<string, ReferenceUnit>,
  parents: ReadonlySet<string | null>,
  report: Report,
): void {
  if (parents.has(id)) return;
  for (const { unitId } of successors.filter((successor) => parents.has(successor.unitId))) {
    const { code } = byId.get(unitId)!;
    report(
      line,
      `đơn vị kế thừa ${code} có đơn vị trực thuộc; hãy ghi các đơn vị trực thuộc đã nhận địa bàn`,
      `successor ${code} has subdivisions; name those of them that took the territory`,
    );
  }
}

function checkParents(units: readonly ReferenceUnit[], report: Report): void {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const judged = new Set<ReferenceUnit>();
  for (const unit of units) {
    const path = new Set<ReferenceUnit>();
    let each: ReferenceUnit | undefined = unit;
    while (each && !judged.has(each) && !path.has(each)) {
      path.add(each);
      each = byId.get(each.parentId ?? "");
    }
    if (each && path.has(each)) {
      const circle = [...path].slice([...path].indexOf(each));
      const codes = [...circle, each].map(({ code }) => code).join(" → ");
      const lines = circle.map(({ line }) => line).join(", ");
      report(
        each.line,
        `quan hệ cấp trên đi vòng: ${codes} (dòng ${lines}); hãy sửa parent_code`,
        `cycle of parents: ${codes} (lines ${lines}); correct parent_code`,
      );
    } else checkLevels(path, byId, report);
    for (const passed of path) judged.add(passed);
  }
}

function checkLevels(
  path: Iterable<ReferenceUnit>,
  byId: ReadonlyMap<string, ReferenceUnit>,
  report: Report,
): void {
  for (const { code, type, parentId, line } of path) {
    const parent = byId.get(parentId ?? "");
    if (!parent || levelOf(parent.type) < levelOf(type)) continue;
    report(
      line,
      `đơn vị cấp trên ${parent.code} không ở cấp cao hơn ${code}; hãy sửa parent_code`,
      `parent ${parent.code} is not of a higher level than ${code}; correct parent_code`,
    );
  }
}
