import { inLanguages } from "../language/language";

export const figureNoteTexts = inLanguages({
  vi: {
    partial: (silent: string, upper: string) =>
      `Chưa đủ: ${silent} cơ sở chưa trả lời; nếu tất cả đều đạt, con số cao nhất là ${upper}.`,
    partialPlain: (silent: string) => `Chưa đủ: ${silent} cơ sở chưa trả lời.`,
    missing: (sectors: string) => `Thiếu số liệu của ngành: ${sectors}.`,
    suppressed:
      "Đã ẩn: con số sẽ để lộ trả lời của một cơ sở lực lượng vũ trang; không có nghĩa là chưa ai báo cáo.",
    ruling: (basis: string, day: string) =>
      `Theo quy ước “${basis}”: loại hình này đã kết thúc ngày ${day}.`,
    rulingIncomparable: "Các năm trước và sau ngày ấy không hoàn toàn so sánh được với nhau.",
    classNote: (year: number, note: string) => `Mốc ${year} tính khác mốc kia: ${note}.`,
    unplaced: (count: string) =>
      `${count} cơ sở chưa xác định được địa bàn nên không tính vào đơn vị này.`,
    submitted: "Tính cả báo cáo đã nộp mà chưa duyệt.",
    unknown: "Phân hệ dữ liệu không trả lời.",
    none: "Không có cơ sở thuộc diện tính.",
  },
  en: {
    partial: (silent, upper) =>
      `Incomplete: ${silent} institutions have not answered; if all of them met the condition the figure would be ${upper} at most.`,
    partialPlain: (silent) => `Incomplete: ${silent} institutions have not answered.`,
    missing: (sectors) => `Figures of these sectors are missing: ${sectors}.`,
    suppressed:
      "Withheld: the figure would show what a single armed-forces institution answered; it does not mean that nobody reported.",
    ruling: (basis, day) => `By the ruling “${basis}”: the class ended on ${day}.`,
    rulingIncomparable: "Years before and after that day are not fully comparable.",
    classNote: (year, note) => `Milestone ${year} is counted unlike the other: ${note}.`,
    unplaced: (count) => `${count} institutions cannot be placed and are not counted in this unit.`,
    submitted: "Counts reports that are submitted but not approved yet.",
    unknown: "This part of the hub does not answer.",
    none: "No institution is counted here.",
  },
});
