import { inLanguages } from "../../language/language";

export const unitTexts = inLanguages({
  vi: {
    unit: "Đơn vị hành chính",
    noUnit: "Không có đơn vị nào mang mã này vào ngày ấy",
    noUnitHelp: (code: string) =>
      `Mã ${code} không có vào ngày được hỏi. Mã được dùng lại qua các thời kỳ; hãy thử ngày khác.`,
    asked: "Xem vào ngày",
    code: "Mã",
    holds: "Hiệu lực",
    from: (day: string) => `từ ${day}`,
    until: (day: string) => `đến trước ${day}`,
    always: "từ trước đến nay",
    parent: "Thuộc",
    predecessors: "Tiền thân",
    successors: "Kế tục",
    on: (day: string) => `ngày ${day}`,
    reference:
      "Kế hoạch đặt chỉ tiêu cho toàn tỉnh. Các mốc dưới đây chỉ để tham khảo cho đơn vị này.",
  },
  en: {
    unit: "Administrative unit",
    noUnit: "No unit has this code on that day",
    noUnitHelp: (code) =>
      `Code ${code} is not in use on the day asked for. Codes are reused over time; try another day.`,
    asked: "Seen on",
    code: "Code",
    holds: "In force",
    from: (day) => `from ${day}`,
    until: (day) => `until before ${day}`,
    always: "always",
    parent: "Part of",
    predecessors: "Came from",
    successors: "Became",
    on: (day) => `on ${day}`,
    reference:
      "The plan sets its targets for the whole province. The milestones below are a reference for this unit.",
  },
});
