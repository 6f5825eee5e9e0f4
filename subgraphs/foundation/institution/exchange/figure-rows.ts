import type { Caller } from "../../rights/caller";
import type { SheetColumn } from "../../sheet/columns";
import { createInstitutionContext, type InstitutionHouse } from "../institution-context";

const column = (key: string, vi: string, en: string): SheetColumn => ({
  key,
  kind: "TEXT",
  labels: { vi, en },
  synonyms: [],
  required: false,
  explanation: { vi, en },
  example: "",
});

/** One indicator of one unit and year in a row, as `IndicatorValue` in schema/common describes it. */
export const FIGURE_COLUMNS: SheetColumn[] = [
  column("year", "Năm", "Year"),
  column("unitCode", "Mã đơn vị", "Unit code"),
  column("unitName", "Đơn vị hành chính", "Unit"),
  column("validFrom", "Hiệu lực từ", "In force from"),
  column("validUntil", "Hết hiệu lực từ", "In force until"),
  column("indicator", "Chỉ tiêu", "Indicator"),
  column("value", "Giá trị (%)", "Value (%)"),
  column("numerator", "Tử số", "Numerator"),
  column("denominator", "Mẫu số", "Denominator"),
  column("reported", "Số đơn vị đã báo cáo", "Reported"),
  column("unplaced", "Chưa xác định địa bàn", "Unplaced"),
  column("lowerBound", "Cận dưới (%)", "Lower bound (%)"),
  column("upperBound", "Cận trên (%)", "Upper bound (%)"),
  column("baseYear", "Năm gốc", "Base year"),
  column("ruling", "Quy ước", "Ruling"),
  column("missingSectors", "Ngành không trả lời", "Missing sectors"),
  column("suppressed", "Đã ẩn", "Suppressed"),
  column("demonstration", "Dữ liệu minh họa", "Demonstration"),
];

/** Every indicator of every unit of either era for the years, as the caller may see them. */
export async function* figureRows(
  house: InstitutionHouse,
  caller: Caller,
  years: readonly number[],
): AsyncGenerator<Record<string, unknown>> {
  const { loaders } = createInstitutionContext(house, caller);
  const codes = loaders.indicatorCodes(null);
  for (const year of years) {
    const picture = await loaders.yearPicture(year, "APPROVED", codes);
    for (const unit of house.territory.units) {
      for (const figure of loaders.figuresOf(unit.id, picture, codes)) {
        yield {
          ...figure,
          unitCode: unit.code,
          unitName: unit.name,
          validFrom: unit.validFrom,
          validUntil: unit.validUntil,
          indicator: figure.code,
          ruling: figure.ruling?.basis ?? null,
        };
      }
    }
  }
}
