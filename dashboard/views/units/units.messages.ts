import { inLanguages } from "../../language/language";

export const unitsTexts = inLanguages({
  vi: {
    title: "Các đơn vị hành chính",
    table: "Giá trị chỉ tiêu của từng đơn vị",
    cartogram: "Sơ đồ ô",
    cartogramHelp: "Mỗi ô là một đơn vị, xếp theo huyện cũ; đây không phải bản đồ.",
    map: "Bản đồ",
    mapLabel: (indicator: string) =>
      `Bản đồ các đơn vị theo giá trị chỉ tiêu ${indicator}; số liệu đầy đủ ở bảng bên dưới`,
    legend: "Chú giải",
    below: (bound: string) => `dưới ${bound}`,
    from: (bound: string) => `từ ${bound}`,
    noValue: "không có số liệu",
    anyStatus: "Mọi tình trạng",
  },
  en: {
    title: "Administrative units",
    table: "The indicator's value in each unit",
    cartogram: "Tiles",
    cartogramHelp: "A tile for each unit, by old district; this is no map.",
    map: "Map",
    mapLabel: (indicator) =>
      `Map of the units by their value of indicator ${indicator}; the table below has every figure`,
    legend: "Legend",
    below: (bound) => `below ${bound}`,
    from: (bound) => `from ${bound}`,
    noValue: "no data",
    anyStatus: "Any status",
  },
});
