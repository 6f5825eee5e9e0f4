import type { SheetColumn } from "../../sheet/columns";
import type { Measure, MeasureBook } from "../entry/measures";

/** A column of last year's figures, which is there to be looked at and is not read. */
export const LAST_YEAR_PREFIX = "lastYear:";

/** The columns of a sheet of one year's reports: which institution, then every measure, then the explanation. */
export function reportColumns(book: MeasureBook): SheetColumn[] {
  return [
    {
      key: "code",
      kind: "TEXT",
      labels: { vi: "Mã số", en: "Code" },
      synonyms: ["Mã", "Mã cơ sở", "Mã thư viện", "Mã bảo tàng", "Mã trung tâm", "Mã đơn vị"],
      required: false,
      explanation: {
        vi: "Mã số của cơ sở trong danh mục của ngành. Không có mã thì cần tên và xã, phường.",
        en: "The institution's number in its owner's list. Without it, name and commune are needed.",
      },
      example: "TV-0012",
    },
    {
      key: "name",
      kind: "TEXT",
      labels: { vi: "Tên cơ sở", en: "Name" },
      synonyms: [
        "Tên",
        "Đơn vị",
        "Tên đơn vị",
        "Thư viện",
        "Tên thư viện",
        "Bảo tàng",
        "Tên bảo tàng",
        "Tên trung tâm",
        "Institution",
      ],
      required: false,
      explanation: { vi: "Tên cơ sở.", en: "The institution's name." },
      example: "Thư viện xã Sin Suối Hồ",
    },
    {
      key: "unit",
      kind: "TEXT",
      labels: { vi: "Xã, phường", en: "Commune or ward" },
      synonyms: ["Xã", "Phường", "Xã/phường", "Địa bàn", "Đơn vị hành chính", "Mã xã", "Commune"],
      required: false,
      explanation: {
        vi: "Tên hoặc mã đơn vị hành chính, trước hoặc sau ngày 01/7/2025.",
        en: "Name or code of the unit, as before or after 1 July 2025.",
      },
      example: "03394",
    },
    {
      key: "year",
      kind: "COUNT",
      labels: { vi: "Năm báo cáo", en: "Year" },
      synonyms: ["Năm", "Kỳ báo cáo", "Report year"],
      required: false,
      explanation: {
        vi: "Năm của số liệu. Bỏ trống thì lấy năm của tệp.",
        en: "The year that the figures are about. Left blank, it is the file's.",
      },
      example: "2026",
    },
    ...book.measures.map(measureColumn),
    {
      key: "explanation",
      kind: "TEXT",
      labels: { vi: "Giải trình", en: "Explanation" },
      synonyms: ["Lý do", "Ghi chú giải trình", "Giải trình chênh lệch"],
      required: false,
      explanation: {
        vi: "Lý do khi số liệu chênh lệch lớn so với năm trước (gấp ba hoặc chỉ còn một phần ba).",
        en: "Why figures differ much from last year's (three times, or a third).",
      },
      example: "Mở rộng trụ sở",
    },
  ];
}

/** The columns of a template: the same, and beside each measure what was reported last year. */
export function templateColumns(book: MeasureBook, lastYear: number): SheetColumn[] {
  const counted = new Map(book.measures.map((measure) => [measure.key, measure]));
  return reportColumns(book)
    .filter(({ key }) => key !== "year")
    .flatMap((column) => {
      const measure = counted.get(column.key);
      return measure ? [column, lastYearColumn(measure, lastYear)] : [column];
    });
}

/** What `templateColumns` shows of other years, so that it is known and passed over when it comes back. */
export function isLastYears(header: string): boolean {
  return /^Năm \d{4}: /u.test(header);
}

function measureColumn({ key, kind, labels, synonyms, most }: Measure): SheetColumn {
  const kinds = { COUNT: "COUNT", YES_NO: "YES_NO", TEXT_LIST: "TEXT_LIST" } as const;
  const rules = {
    COUNT: {
      vi: `Số nguyên${most === undefined ? "" : ` từ 0 đến ${most.toLocaleString("vi-VN")}`}. Bỏ trống: chưa báo cáo; 0: không có.`,
      en: `A whole number${most === undefined ? "" : ` from 0 to ${most}`}. Blank: not reported; 0: none.`,
      example: "1234",
    },
    YES_NO: {
      vi: "Có hoặc Không. Bỏ trống: chưa báo cáo.",
      en: "Có (yes) or Không (no). Blank: not reported.",
      example: "Có",
    },
    TEXT_LIST: {
      vi: "Các mục, ngăn bằng dấu chấm phẩy.",
      en: "Items, parted by semicolons.",
      example: "Mượn về nhà; Đọc tại chỗ",
    },
  }[kind];
  return {
    key,
    kind: kinds[kind],
    labels,
    synonyms,
    required: false,
    explanation: { vi: rules.vi, en: rules.en },
    example: rules.example,
  };
}

function lastYearColumn({ key, labels }: Measure, year: number): SheetColumn {
  return {
    key: `${LAST_YEAR_PREFIX}${key}`,
    kind: "TEXT",
    isReference: true,
    labels: { vi: `Năm ${year}: ${labels.vi}`, en: `${year}: ${labels.en}` },
    synonyms: [],
    required: false,
    explanation: {
      vi: "Số liệu đã báo cáo năm trước, để đối chiếu; không đọc khi nhập.",
      en: "What was reported last year, to compare; not read.",
    },
    example: "",
  };
}
