/** First and last year of the plan's figures. */
export const FIRST_YEAR = 2022;
export const LAST_YEAR = 2030;

export type Basis = "APPROVED" | "SUBMITTED";

/** What every address may say, whichever view it opens. */
export interface Address {
  year: number;
  basis: Basis;
  /** A day, `YYYY-MM-DD`, on which a unit's code held. Undefined: today. */
  day: string | undefined;
}

/** The day in Việt Nam, `YYYY-MM-DD`. */
export const today = (now = new Date()): string =>
  new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);

/** The last year that has ended in Việt Nam: the newest that can be reported whole. */
export function lastWholeYear(now = new Date()): number {
  const year = Number(today(now).slice(0, 4)) - 1;
  return Math.min(Math.max(year, FIRST_YEAR), LAST_YEAR);
}

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text));

/** Reads the part behind `?`: `nam=2025&solieu=da-nop&ngay=2024-12-31`. What makes no sense is left out. */
export function readAddress(search: string): Address {
  const given = new URLSearchParams(search);
  const year = Number(given.get("nam"));
  const isYear = Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR;
  const day = given.get("ngay");
  return {
    year: isYear ? year : lastWholeYear(),
    basis: given.get("solieu") === "da-nop" ? "SUBMITTED" : "APPROVED",
    day: isDay(day) ? day : undefined,
  };
}

/** The address with some words changed; undefined takes a word away. */
export function withWords(
  url: string,
  words: Readonly<Record<string, string | number | undefined>>,
): string {
  const [path = "/", search] = url.split("?", 2);
  const query = new URLSearchParams(search);
  for (const [word, value] of Object.entries(words)) {
    if (value === undefined) query.delete(word);
    else query.set(word, String(value));
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}
