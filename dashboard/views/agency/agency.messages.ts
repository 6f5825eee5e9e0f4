import { inLanguages } from "../../language/language";

export const agencyTexts = inLanguages({
  vi: {
    agency: "Cơ quan",
    noAgency: "Không có cơ quan này",
    noAgencyHelp: "Địa chỉ có thể đã gõ sai.",
    sector: "Ngành",
    place: "Địa bàn",
    section: "Mục của Kế hoạch nêu tên",
    until: "Chấm dứt",
    endedOn: (day: string) => `ngày ${day}`,
    predecessors: "Tiền thân",
    successors: "Kế thừa",
    unknown: "chưa xác minh",
    duties: "Nhiệm vụ",
  },
  en: {
    agency: "Agency",
    noAgency: "There is no such agency",
    noAgencyHelp: "The address may be mistyped.",
    sector: "Sector",
    place: "Territory",
    section: "Named by the plan in",
    until: "Ended",
    endedOn: (day) => `on ${day}`,
    predecessors: "Came from",
    successors: "Became",
    unknown: "not verified",
    duties: "Duties",
  },
});
