import {
  type MeasureBook,
  answer,
  count,
  noneWithout,
  partOf,
} from "../../foundation/institution/entry/measures";

const programme = answer(
  "hasEducationProgramme",
  "Có chương trình giáo dục",
  "Has an education programme",
  ["Chương trình giáo dục (có/không)", "Xây dựng và triển khai chương trình giáo dục"],
);
const programmes = count(
  "educationalProgrammes",
  "Số chương trình giáo dục",
  "Educational programmes",
  10_000,
  ["Chương trình giáo dục đã tổ chức"],
);
const visits = count("visits", "Lượt khách tham quan", "Visits", 10_000_000, [
  "Lượt khách",
  "Tổng lượt khách",
  "Lượt khách / Tổng số",
]);
const learningVisits = count(
  "learningVisits",
  "Lượt khách đến nghiên cứu, học tập",
  "Visits for learning",
  10_000_000,
  ["Lượt học tập", "Lượt nghiên cứu, học tập", "Lượt khách / Học tập", "Learning visits"],
);
const schoolVisits = count(
  "schoolVisits",
  "Lượt tham quan của trường học",
  "Visits by school classes",
  10_000_000,
  ["Lượt trường học", "Lượt khách / Trường học", "School visits"],
);

/** What a museum reports, in the order of the sheet (ISO 18461). */
export const museumMeasures: MeasureBook = {
  measures: [
    programme,
    answer("hasDigitalDisplay", "Có trưng bày trên không gian số", "Has digital displays", [
      "Trưng bày số",
      "Trưng bày trên không gian mạng",
    ]),
    visits,
    learningVisits,
    count("virtualVisits", "Lượt truy cập từ xa", "Virtual visits", 100_000_000, [
      "Lượt truy cập",
      "Truy cập từ xa",
    ]),
    programmes,
    schoolVisits,
    count("digitisedObjects", "Hiện vật đã số hóa", "Digitised objects", 10_000_000, [
      "Hiện vật số hóa",
      "Số hiện vật đã số hóa",
    ]),
  ],
  rules: [
    partOf(learningVisits, visits),
    partOf(schoolVisits, visits),
    noneWithout(programme, [programmes]),
  ],
};
