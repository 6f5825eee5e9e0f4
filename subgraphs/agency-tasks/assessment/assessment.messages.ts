import type { IndicatorKind } from "./assessment";

interface Rule {
  vi: string;
  en: string;
}

const PATH: Rule = {
  vi:
    "ĐẠT khi giá trị không nhỏ hơn mức của mốc gần nhất sắp tới; trước năm mốc, ĐÚNG TIẾN ĐỘ khi không nhỏ hơn đường thẳng " +
    "nối mức của mốc trước (hoặc 0 vào cuối năm 2022, năm ký Quyết định 1520/QĐ-TTg) với mức của mốc đó; còn lại là CHẬM. ",
  en:
    "MET when the value is not below the number of the next milestone; before the milestone's year, ON_TRACK when it is not " +
    "below the straight line from the previous milestone's number (or from 0 at the end of 2022, the year Decision " +
    "1520/QĐ-TTg was signed) to that number; otherwise BEHIND. ",
};

const ALWAYS: Rule = {
  vi: "Không có giá trị: CHƯA CÓ SỐ LIỆU. Không có cơ sở để đánh giá hoặc sau mốc cuối: KHÔNG ÁP DỤNG.",
  en: "No value: NO_DATA. Nothing to judge, or after the last milestone: NOT_APPLICABLE.",
};

const RULES: Record<IndicatorKind, Rule> = {
  YES_NO: {
    vi: `Có là 100, không là 0; mức cần đạt là 100. ${PATH.vi}`,
    en: `Yes is 100 and no is 0; 100 is needed. ${PATH.en}`,
  },
  SHARE: PATH,
  GROWTH: {
    vi: "ĐẠT khi tăng bình quân mỗi năm không nhỏ hơn mức tối thiểu của mốc gần nhất sắp tới; còn lại là CHẬM, vì tốc độ hằng năm không có lộ trình. ",
    en: "MET when the average yearly growth is not below the minimum of the next milestone; otherwise BEHIND, for a yearly rate has no path. ",
  },
};

/** The rule that a status was given by, in words; the numbers are in `assessment.ts`. */
export function ruleOf(kind: IndicatorKind): Rule {
  return { vi: RULES[kind].vi + ALWAYS.vi, en: RULES[kind].en + ALWAYS.en };
}
