import { inLanguages } from "../../language/language";

export const sectorTexts = inLanguages({
  vi: {
    title: (sector: string) => `Ngành ${sector.toLocaleLowerCase("vi")}`,
    noSector: "Không có ngành này",
    noSectorHelp: "Có bốn ngành: văn hóa, giáo dục, lực lượng vũ trang, lao động.",
    agencies: "Cơ quan và nhiệm vụ",
  },
  en: {
    title: (sector) => `The ${sector.toLocaleLowerCase("en")} sector`,
    noSector: "There is no such sector",
    noSectorHelp: "There are four: culture, education, armed forces, labour.",
    agencies: "Agencies and duties",
  },
});
