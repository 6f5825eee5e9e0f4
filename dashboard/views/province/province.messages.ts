import { inLanguages } from "../../language/language";

export const provinceTexts = inLanguages({
  vi: {
    title: "Lai Châu so với Kế hoạch học tập suốt đời",
    lead: (year: number) =>
      `Mười một chỉ tiêu của thư viện, bảo tàng, trung tâm văn hóa đến ngày 31/12/${year}.`,
  },
  en: {
    title: "Lai Châu against its plan for lifelong learning",
    lead: (year) =>
      `The eleven targets of libraries, museums and cultural centres as of 31 December ${year}.`,
  },
});
