import { inLanguages } from "../language/language";

export const comparisonTexts = inLanguages({
  vi: {
    units: "Đơn vị",
    era: {
      now: "Xã, phường hiện nay",
      districts: "Huyện, thành phố trước 01/7/2025",
      communes: "Xã, phường, thị trấn trước 01/7/2025",
    },
    indicator: "Chỉ tiêu",
    search: "Tìm theo tên, có dấu hoặc không dấu",
    unit: "Đơn vị",
    district: "Thuộc huyện cũ",
    straddles: "nằm trên nhiều huyện cũ",
    value: "Giá trị",
    ratio: "Tử số / mẫu số",
    reported: "Đã báo cáo",
    gap: "Chênh lệch so với mốc (tham khảo)",
    status: "Tình trạng (tham khảo)",
    notes: "Lưu ý",
    notesOfAll: "Với mọi đơn vị đang xem",
    shown: (shown: string, all: string) => `Đang xem ${shown} trong ${all} đơn vị`,
    reference: "Mốc của Kế hoạch đặt cho toàn tỉnh; với từng đơn vị chỉ để tham khảo.",
  },
  en: {
    units: "Units",
    era: {
      now: "Communes and wards of today",
      districts: "Districts and city until 1 July 2025",
      communes: "Communes, wards and townships until 1 July 2025",
    },
    indicator: "Indicator",
    search: "Find by name, with or without marks",
    unit: "Unit",
    district: "In the old district",
    straddles: "lies in several old districts",
    value: "Value",
    ratio: "Numerator / denominator",
    reported: "Reported",
    gap: "Gap to the milestone (reference)",
    status: "Status (reference)",
    notes: "Notes",
    notesOfAll: "For all units shown",
    shown: (shown, all) => `${shown} of ${all} units are shown`,
    reference:
      "The plan sets its milestones for the province; for a single unit they are a reference.",
  },
});
