import { problem, type Problem } from "../../entry/problem";

/** One thing that a report says, as the schema, the row and the sheet name it. */
export interface Measure {
  /** The field of the schema and the property of the record: `learningVisits`. */
  key: string;
  kind: "YES_NO" | "COUNT" | "TEXT_LIST";
  labels: { vi: string; en: string };
  /** What agencies' own sheets call it, in either language. */
  synonyms: readonly string[];
  /** The most that is plausible of one institution in a year. */
  most?: number;
}

/** A law between measures; broken only by values that were given. */
export interface MeasureRule {
  /** The first is where the error is shown. */
  measures: readonly string[];
  isBroken: (values: MeasureValues) => boolean;
  messages: readonly [vietnamese: string, english: string];
}

/** By key; null is "not reported". */
export type MeasureValues = Readonly<Record<string, unknown>>;

export interface MeasureBook {
  measures: readonly Measure[];
  rules: readonly MeasureRule[];
}

/** Nobody offers more services than this, and each is told in a few words. */
const MOST_TEXTS = 50;
const LONGEST_TEXT = 200;

/** A change to three times or a third of last year's figure asks for a word of explanation, unless both are small. */
const JUMP = 3;
const SMALL = 50;

/** Everything that is wrong with the values by themselves: ranges, and laws between them. */
export function measureProblems(
  { measures, rules }: MeasureBook,
  values: MeasureValues,
  path: readonly string[],
): Problem[] {
  const problems: Problem[] = [];
  for (const measure of measures) {
    const value = values[measure.key];
    if (value === null || value === undefined) continue;
    const told = rangeProblem(measure, value);
    if (told) problems.push(problem("OUT_OF_RANGE", [...path, measure.key], told));
  }
  for (const rule of rules) {
    if (!rule.isBroken(values)) continue;
    problems.push(problem("INCONSISTENT", [...path, rule.measures[0]!], rule.messages));
  }
  return problems;
}

/** Counts that differ from last year's so much that somebody should say why. */
export function jumps(
  { measures }: MeasureBook,
  values: MeasureValues,
  lastYear: MeasureValues | null,
): { measure: Measure; before: number; now: number }[] {
  if (!lastYear) return [];
  return measures.flatMap((measure) => {
    if (measure.kind !== "COUNT") return [];
    const before = lastYear[measure.key];
    const now = values[measure.key];
    if (typeof before !== "number" || typeof now !== "number") return [];
    if (Math.max(before, now) < SMALL) return [];
    return now > before * JUMP || now * JUMP < before ? [{ measure, before, now }] : [];
  });
}

/** One problem for each jump, at the measure, telling both figures. */
export function jumpProblems(
  book: MeasureBook,
  values: MeasureValues,
  lastYear: MeasureValues | null,
  path: readonly string[],
): Problem[] {
  return jumps(book, values, lastYear).map(({ measure, before, now }) =>
    problem(
      "EXPLANATION_NEEDED",
      [...path, measure.key],
      [
        `${measure.labels.vi}: năm trước ${vi(before)}, năm nay ${vi(now)}. Nếu đúng, hãy lưu lại kèm \`explanation\` nêu lý do; nếu sai, hãy sửa số.`,
        `${measure.labels.en}: ${before} last year, ${now} this year. If that is right, save it again with an \`explanation\`; if not, mend the figure.`,
      ],
    ),
  );
}

/** Whether anything at all is reported. */
export function isEmpty({ measures }: MeasureBook, values: MeasureValues): boolean {
  return measures.every(({ key }) => values[key] === null || values[key] === undefined);
}

function rangeProblem(measure: Measure, value: unknown): readonly [string, string] | null {
  const { kind, labels, most = 2_000_000_000 } = measure;
  if (kind === "COUNT") {
    if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most)
      return null;
    return [
      `${labels.vi}: cần số nguyên từ 0 đến ${vi(most)}, đã nhận ${String(value)}.`,
      `${labels.en}: a whole number from 0 to ${most} is needed; got ${String(value)}.`,
    ];
  }
  if (kind === "TEXT_LIST") {
    const texts = value as string[];
    const isFine =
      texts.length <= MOST_TEXTS &&
      texts.every((text) => text.length > 0 && text.length <= LONGEST_TEXT);
    if (isFine) return null;
    return [
      `${labels.vi}: nhiều nhất ${MOST_TEXTS} mục, mỗi mục 1 đến ${LONGEST_TEXT} ký tự.`,
      `${labels.en}: at most ${MOST_TEXTS} items of 1 to ${LONGEST_TEXT} characters.`,
    ];
  }
  return null;
}

const vi = (count: number) => count.toLocaleString("vi-VN");

/** How many of something there were in the year, or on its last day. */
export function count(
  key: string,
  vi: string,
  en: string,
  most: number,
  synonyms: readonly string[] = [],
): Measure {
  return { key, kind: "COUNT", labels: { vi, en }, most, synonyms };
}

/** A question that is answered with yes or no. */
export function answer(key: string, vi: string, en: string, synonyms: readonly string[]): Measure {
  return { key, kind: "YES_NO", labels: { vi, en }, synonyms };
}

/** `part` is counted within `whole`. */
export function partOf(
  part: Pick<Measure, "key" | "labels">,
  whole: Pick<Measure, "key" | "labels">,
): MeasureRule {
  return {
    measures: [part.key, whole.key],
    isBroken: (values) => {
      const [few, many] = [values[part.key], values[whole.key]];
      return typeof few === "number" && typeof many === "number" && few > many;
    },
    messages: [
      `${part.labels.vi} không thể nhiều hơn ${whole.labels.vi.toLowerCase()}; hãy kiểm tra lại cả hai số.`,
      `${part.labels.en} cannot be more than ${whole.labels.en.toLowerCase()}; check both figures.`,
    ],
  };
}

/** When the answer is no, none of the counts (or lists) can be more than nothing. */
export function noneWithout(
  answer: Pick<Measure, "key" | "labels">,
  things: readonly Pick<Measure, "key" | "labels">[],
): MeasureRule {
  const some = (value: unknown) =>
    (typeof value === "number" && value > 0) || (Array.isArray(value) && value.length > 0);
  const names = (language: "vi" | "en") =>
    things.map(({ labels }) => labels[language].toLowerCase()).join(", ");
  return {
    measures: [answer.key, ...things.map(({ key }) => key)],
    isBroken: (values) =>
      (values[answer.key] === false || values[answer.key] === 0) &&
      things.some(({ key }) => some(values[key])),
    messages: [
      `${answer.labels.vi}: đã ghi là không có, nhưng vẫn khai ${names("vi")}; hãy sửa một trong các giá trị.`,
      `${answer.labels.en}: said to be none, yet there are ${names("en")}; mend one of the values.`,
    ],
  };
}
