/** A text in both languages. */
export interface Told {
  vi: string;
  en: string;
}

/** A public dataset and the ways to it. */
export interface DatasetDesign {
  id: string;
  title: Told;
  description: Told;
  /** Whose duty the data are, by the agency's id. */
  publisher: string;
  keywords: readonly string[];
  /** Known operations that give it as rows, and which of their lists; `yearly` ones are asked for a year. */
  rows: readonly { operation: string; list: string; isYearly?: boolean }[];
  /** Entity sets of the OData feed. */
  sets: readonly string[];
}

const CULTURE = "agency:so-vhttdl";
const PROVINCE = "agency:ubnd-tinh";

const figureLists = ["library", "museum", "culturalCentre"]
  .map((kind) => `administrativeUnits.${kind}Indicators`)
  .join(",");

export const DATASETS: readonly DatasetDesign[] = [
  {
    id: "figures",
    title: {
      vi: "Số liệu mười một chỉ tiêu học tập suốt đời",
      en: "Figures of the eleven lifelong-learning indicators",
    },
    description: {
      vi: "Giá trị, tử số, mẫu số, số đã báo cáo và mốc của Kế hoạch, theo từng đơn vị hành chính và từng năm.",
      en: "Value, numerator, denominator, how many reported and the plan's milestone, by administrative unit and year.",
    },
    publisher: PROVINCE,
    keywords: ["học tập suốt đời", "chỉ tiêu", "lifelong learning", "indicators"],
    rows: [{ operation: "unit-figures", list: figureLists, isYearly: true }],
    sets: ["Figures"],
  },
  {
    id: "libraries",
    title: { vi: "Thư viện và báo cáo hằng năm", en: "Libraries and their yearly reports" },
    description: {
      vi: "Thư viện công cộng, chuyên ngành, giáo dục; thư viện lực lượng vũ trang không được liệt kê. Số đo theo ISO 2789.",
      en: "Public, specialised and educational libraries; those of the armed forces are not listed. Measures by ISO 2789.",
    },
    publisher: CULTURE,
    keywords: ["thư viện", "libraries"],
    rows: [
      { operation: "library-list", list: "libraries.nodes", isYearly: true },
      { operation: "library-reports", list: "libraries.nodes.reports" },
    ],
    sets: ["Libraries", "LibraryReports"],
  },
  {
    id: "museums",
    title: { vi: "Bảo tàng và báo cáo hằng năm", en: "Museums and their yearly reports" },
    description: {
      vi: "Bảo tàng trên địa bàn tỉnh. Số đo theo ISO 18461.",
      en: "Museums of the province. Measures by ISO 18461.",
    },
    publisher: CULTURE,
    keywords: ["bảo tàng", "museums"],
    rows: [
      { operation: "museum-list", list: "museums.nodes", isYearly: true },
      { operation: "museum-reports", list: "museums.nodes.reports" },
    ],
    sets: ["Museums", "MuseumReports"],
  },
  {
    id: "cultural-centres",
    title: {
      vi: "Trung tâm văn hóa, nhà văn hóa và báo cáo hằng năm",
      en: "Cultural centres and their yearly reports",
    },
    description: {
      vi: "Trung tâm văn hóa cấp tỉnh, cấp huyện cũ, cấp xã và nhà văn hóa thôn, bản.",
      en: "Centres of the province, of former districts and of communes, and village houses.",
    },
    publisher: CULTURE,
    keywords: ["trung tâm văn hóa", "nhà văn hóa", "cultural centres"],
    rows: [
      { operation: "cultural-centre-list", list: "culturalCentres.nodes", isYearly: true },
      { operation: "cultural-centre-reports", list: "culturalCentres.nodes.reports" },
    ],
    sets: ["CulturalCentres", "CulturalCentreReports"],
  },
  {
    id: "units",
    title: { vi: "Đơn vị hành chính", en: "Administrative units" },
    description: {
      vi: "Tỉnh, xã, phường hiện nay; đơn vị trước ngày 01/7/2025 với tham số asOf.",
      en: "The province, communes and wards of today; units before 1 July 2025 with asOf.",
    },
    publisher: PROVINCE,
    keywords: ["đơn vị hành chính", "administrative units"],
    rows: [{ operation: "unit-list", list: "administrativeUnits" }],
    sets: ["Units"],
  },
  {
    id: "agencies",
    title: { vi: "Cơ quan có trách nhiệm", en: "Responsible agencies" },
    description: {
      vi: "Cơ quan được Kế hoạch giao nhiệm vụ, với địa bàn và thời gian tồn tại.",
      en: "Agencies to which the plan gives duties, with their territory and time.",
    },
    publisher: PROVINCE,
    keywords: ["cơ quan", "agencies"],
    rows: [{ operation: "agency-list", list: "agencies" }],
    sets: ["Agencies"],
  },
  {
    id: "indicators",
    title: { vi: "Chỉ tiêu và mốc của Kế hoạch", en: "Indicators and milestones of the plan" },
    description: {
      vi: "Mười một chỉ tiêu với mốc năm 2025 và năm 2030, theo lời văn của Kế hoạch.",
      en: "The eleven indicators with their milestones for 2025 and 2030, in the plan's words.",
    },
    publisher: PROVINCE,
    keywords: ["chỉ tiêu", "kế hoạch", "indicators", "plan"],
    rows: [{ operation: "indicator-list", list: "indicators.milestones" }],
    sets: ["Indicators", "Milestones"],
  },
  {
    id: "duties",
    title: { vi: "Nhiệm vụ được giao", en: "Duties" },
    description: {
      vi: "Nhiệm vụ mà Kế hoạch giao, và cơ quan thực hiện.",
      en: "The duties that the plan gives, and the agencies that have them.",
    },
    publisher: PROVINCE,
    keywords: ["nhiệm vụ", "duties"],
    rows: [{ operation: "duty-list", list: "duties.agencies" }],
    sets: ["Duties", "DutyAgencies"],
  },
];
