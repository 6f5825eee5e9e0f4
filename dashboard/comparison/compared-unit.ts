import type { UnitComparisonQuery } from "../generated/unit-comparison";

type Unit = NonNullable<UnitComparisonQuery["administrativeUnits"]>[number];
type AnsweredFigure = NonNullable<Unit["libraryIndicators"]>[number];
type Indicator = NonNullable<UnitComparisonQuery["indicators"]>[number];

/** A figure with the indicator that the answer tells once for all units. Null: agency-tasks did not tell it. */
export interface ComparedFigure extends AnsweredFigure {
  indicator: Indicator | null;
}

/** Where figures stand in the answer. */
export const COMPARED_LISTS = [
  "administrativeUnits.libraryIndicators",
  "administrativeUnits.museumIndicators",
  "administrativeUnits.culturalCentreIndicators",
];

/** A unit with its figures by indicator. */
export interface ComparedUnit {
  id: string;
  code: string;
  name: string;
  /** The old district in which most of it lies; undefined for a district itself. */
  district: { code: string; name: string } | undefined;
  /** Whether it lies in more than one. */
  straddles: boolean;
  figures: ReadonlyMap<string, ComparedFigure>;
}

/** None when agency-tasks, which keeps the units, is silent; the frame says so. */
export function readUnits({
  administrativeUnits,
  indicators,
}: UnitComparisonQuery): ComparedUnit[] {
  const byCode = new Map((indicators ?? []).map((indicator) => [indicator.code, indicator]));
  return (administrativeUnits ?? []).map((unit) => {
    const districts = districtsOf(unit);
    return {
      id: unit.id,
      code: unit.code,
      name: unit.name,
      district: districts[0],
      straddles: districts.length > 1,
      figures: new Map(
        figuresOf(unit).map((figure) => {
          const code = figure.indicator?.code ?? "";
          return [code, { ...figure, indicator: byCode.get(code) ?? null }];
        }),
      ),
    };
  });
}

const figuresOf = (unit: Unit): AnsweredFigure[] => [
  ...(unit.libraryIndicators ?? []),
  ...(unit.museumIndicators ?? []),
  ...(unit.culturalCentreIndicators ?? []),
];

/** The old districts of its parts, the one with most parts first. */
function districtsOf({ parent, predecessors }: Unit): { code: string; name: string }[] {
  const parts = new Map<string, { district: { code: string; name: string }; count: number }>();
  const above = predecessors.map(({ unit }) => unit.parent);
  for (const district of above.length > 0 ? above : [parent]) {
    if (!district || district.type === "PROVINCE" || district.type === "CENTRAL_CITY") continue;
    const { count } = parts.get(district.code) ?? { count: 0 };
    parts.set(district.code, { district, count: count + 1 });
  }
  return [...parts.values()]
    .sort((one, other) => other.count - one.count)
    .map(({ district }) => district);
}

/** Text without marks and capitals, so that `doan ket` finds Đoàn Kết. */
const folded = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");

/** Whether the unit's name, code or district holds all that was typed. */
export function isFound({ name, code, district }: ComparedUnit, typed: string): boolean {
  const text = folded(`${name} ${code} ${district?.name ?? ""}`);
  return folded(typed)
    .split(/\s+/u)
    .every((word) => text.includes(word));
}

/** Without what it is: `Đoàn Kết` of `Phường Đoàn Kết`. */
export const shortName = (name: string): string =>
  name.replace(/^(?:Xã|Phường|Thị trấn|Huyện|Thành phố|Thị xã|Đặc khu)\s+/u, "");
