import { inLanguages } from "./language";

/** Words for what the schema's enumerations say. */
export const hubTexts = inLanguages({
  vi: {
    sector: {
      CULTURE: "Văn hóa",
      EDUCATION: "Giáo dục",
      ARMED_FORCES: "Lực lượng vũ trang",
      LABOUR: "Lao động",
    },
    status: {
      MET: "Đạt",
      ON_TRACK: "Đúng tiến độ",
      BEHIND: "Chậm",
      NO_DATA: "Chưa có số liệu",
      NOT_APPLICABLE: "Không áp dụng",
    },
    subgraph: {
      libraries: "thư viện",
      museums: "bảo tàng",
      "cultural-centres": "trung tâm văn hóa",
      "agency-tasks": "kế hoạch, đơn vị hành chính và cơ quan",
    },
    ruling: {
      CARRIED: "Tiếp nối",
      FROZEN: "Giữ nguyên",
      RETIRED: "Không áp dụng",
    },
  },
  en: {
    sector: {
      CULTURE: "Culture",
      EDUCATION: "Education",
      ARMED_FORCES: "Armed forces",
      LABOUR: "Labour",
    },
    status: {
      MET: "Met",
      ON_TRACK: "On track",
      BEHIND: "Behind",
      NO_DATA: "No data",
      NOT_APPLICABLE: "Not applicable",
    },
    subgraph: {
      libraries: "libraries",
      museums: "museums",
      "cultural-centres": "cultural centres",
      "agency-tasks": "the plan, units and agencies",
    },
    ruling: {
      CARRIED: "Carried on",
      FROZEN: "Frozen",
      RETIRED: "Not applicable",
    },
  },
});
