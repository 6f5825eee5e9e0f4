import { inLanguages } from "../../language/language";

export const explorerTexts = inLanguages({
  vi: {
    title: "So sánh liên ngành",
    help: "Chọn hai chỉ tiêu, hoặc một chỉ tiêu ở hai năm, để xem các đơn vị đạt chỉ tiêu này mà chậm chỉ tiêu kia.",
    horizontal: "Chỉ tiêu ngang",
    horizontalYear: "Năm của chỉ tiêu ngang",
    vertical: "Chỉ tiêu dọc",
    verticalYear: "Năm của chỉ tiêu dọc",
    standing: "Chỉ xem đơn vị",
    anyStanding: "Tất cả",
    filter: {
      "x-dat-y-cham": "Đạt chỉ tiêu ngang, chậm chỉ tiêu dọc",
      "x-cham-y-dat": "Chậm chỉ tiêu ngang, đạt chỉ tiêu dọc",
      "ca-hai-dat": "Đạt cả hai",
      "ca-hai-cham": "Chậm cả hai",
    },
    anyDistrict: "Mọi huyện cũ",
    table: "Hai chỉ tiêu của từng đơn vị",
    chart: "Biểu đồ phân tán",
    chartLabel: (x: string, y: string, shown: string) =>
      `Biểu đồ phân tán ${shown} đơn vị: ngang là ${x}, dọc là ${y}; số liệu ở bảng bên dưới`,
    missing: (count: string) =>
      `${count} đơn vị không có đủ hai giá trị nên không vẽ trên biểu đồ.`,
    of: (code: string, year: number) => `${code} năm ${year}`,
    statusOf: (name: string) => `${name}: tình trạng`,
    difference: "Chênh lệch",
    signs:
      "● đạt cả hai; ◆ đạt chỉ tiêu ngang, chậm chỉ tiêu dọc; ▲ chậm chỉ tiêu ngang, đạt chỉ tiêu dọc; ■ còn lại.",
    milestones: "Đường đứt: mốc của Kế hoạch cho toàn tỉnh.",
  },
  en: {
    title: "Across the sectors",
    help: "Choose two indicators, or one in two years, to find units that have met the one and are behind with the other.",
    horizontal: "Across",
    horizontalYear: "Year across",
    vertical: "Upwards",
    verticalYear: "Year upwards",
    standing: "Only units that are",
    anyStanding: "All",
    filter: {
      "x-dat-y-cham": "met across, behind upwards",
      "x-cham-y-dat": "behind across, met upwards",
      "ca-hai-dat": "met in both",
      "ca-hai-cham": "behind in both",
    },
    anyDistrict: "Every old district",
    table: "Both indicators of each unit",
    chart: "Scatter",
    chartLabel: (x, y, shown) =>
      `Scatter of ${shown} units: ${x} across, ${y} upwards; the table below has the figures`,
    missing: (count) => `${count} units lack one of the two values and are not drawn.`,
    of: (code, year) => `${code}, ${year}`,
    statusOf: (name) => `${name}: status`,
    difference: "Difference",
    signs: "● met in both; ◆ met across, behind upwards; ▲ behind across, met upwards; ■ the rest.",
    milestones: "Broken lines: the plan's milestones for the province.",
  },
});
