import { badInput } from "./faults";

/** A day as `YYYY-MM-DD`: it has no time zone and compares as text. */
export type Day = string;

/** The plan's years (Decision 1520/QĐ-TTg was signed in 2022; the plan ends in 2030). */
export const FIRST_YEAR = 2022;
export const LAST_YEAR = 2030;

/** Whether the text names a day that exists: 2025-02-30 does not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The calendar day in Việt Nam (UTC+7, no summer time), where the hub's users are. */
export function dayInVietnam(instant: Date): Day {
  return new Date(instant.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}

export function dayBefore(day: Day): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The day whose institutions a year's figures count. */
export function lastDayOf(year: number): Day {
  return `${year}-12-31`;
}

/** @throws BAD_USER_INPUT outside the plan's years. */
export function requirePlanYear(year: number): number {
  if (year >= FIRST_YEAR && year <= LAST_YEAR) return year;
  throw badInput(
    `\`year\` phải từ ${FIRST_YEAR} đến ${LAST_YEAR}, đã nhận ${year}.`,
    `\`year\` must be between ${FIRST_YEAR} and ${LAST_YEAR}; got ${year}.`,
  );
}
