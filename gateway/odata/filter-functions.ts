/** What a value is, as filters compare it. */
export type Kind = "text" | "number" | "boolean" | "day" | "instant";

interface FilterFunction {
  takes: readonly (readonly Kind[])[];
  gives: Kind;
  /** Given no null: of a null everything is null. */
  of: (...values: never[]) => unknown;
}

const TEXT = ["text"] as const;
const DATED = ["day", "instant"] as const;

const ofTwoTexts = (of: (a: string, b: string) => boolean): FilterFunction => ({
  takes: [TEXT, TEXT],
  gives: "boolean",
  of,
});
const ofText = (of: (text: string) => string): FilterFunction => ({
  takes: [TEXT],
  gives: "text",
  of,
});
const ofDay = (begin: number, end: number): FilterFunction => ({
  takes: [DATED],
  gives: "number",
  of: (day: string) => Number(day.slice(begin, end)),
});

/** Every text in one spelling: “ế” has two. */
const spelt = (text: string) => text.normalize("NFC");

export const FUNCTIONS: Readonly<Record<string, FilterFunction>> = {
  contains: ofTwoTexts((text, part) => spelt(text).includes(spelt(part))),
  startswith: ofTwoTexts((text, part) => spelt(text).startsWith(spelt(part))),
  endswith: ofTwoTexts((text, part) => spelt(text).endsWith(spelt(part))),
  tolower: ofText((text) => text.toLocaleLowerCase("vi")),
  toupper: ofText((text) => text.toLocaleUpperCase("vi")),
  trim: ofText((text) => text.trim()),
  length: { takes: [TEXT], gives: "number", of: (text: string) => [...spelt(text)].length },
  year: ofDay(0, 4),
  month: ofDay(5, 7),
  day: ofDay(8, 10),
};

const COLLATOR = new Intl.Collator("vi");

/** Below 0: the first comes before the second. Texts as Vietnamese orders them, instants by when they are. */
export function order(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  const [first, second] = [spelt(String(a)), spelt(String(b))];
  if (isInstant(first) && isInstant(second)) return Date.parse(first) - Date.parse(second);
  return COLLATOR.compare(first, second) || (first < second ? -1 : first > second ? 1 : 0);
}

const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d/u.test(text);

/** As the specification compares: nothing is greater or less than null, and only null equals it. */
export function compare(operator: string, a: unknown, b: unknown): boolean {
  const isEither = (a ?? null) === null || (b ?? null) === null;
  const isSame = isEither ? (a ?? null) === (b ?? null) : order(a, b) === 0;
  if (operator === "eq") return isSame;
  if (operator === "ne") return !isSame;
  if (isEither) return false;
  const by = order(a, b);
  return { gt: by > 0, ge: by >= 0, lt: by < 0, le: by <= 0 }[operator] ?? false;
}
