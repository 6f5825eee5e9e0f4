import type { Language } from "./first-language";
import { language } from "./language";

const LOCALES: Readonly<Record<Language, string>> = { vi: "vi-VN", en: "en-GB" };
const locale = () => LOCALES[language.value];

/** What stands where nothing is known; never 0. */
export const UNKNOWN = "–";

/** A whole number: 1.234. */
export const count = (value: number | null | undefined): string =>
  value == null ? UNKNOWN : new Intl.NumberFormat(locale()).format(value);

const oneDecimal = (value: number): string =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value);

/** A share or growth in per cent: 41,2 %. */
export const percent = (value: number | null | undefined): string =>
  value == null ? UNKNOWN : `${oneDecimal(value)}\u00a0%`;

/** A difference in percentage points, with its sign: −3,8. */
export const points = (value: number | null | undefined): string =>
  value == null
    ? UNKNOWN
    : new Intl.NumberFormat(locale(), {
        maximumFractionDigits: 1,
        signDisplay: "exceptZero",
      })
        .format(value)
        .replace("-", "−");

/** A calendar day, from `YYYY-MM-DD`: 01/07/2025. */
export const day = (isoDay: string | null | undefined): string =>
  isoDay == null
    ? UNKNOWN
    : new Intl.DateTimeFormat(locale(), {
        day: "2-digit",
        month: "2-digit",
        year: "numeric",
        timeZone: "UTC",
      }).format(new Date(`${isoDay}T00:00:00Z`));

/** An instant, in Việt Nam: 09:30 01/07/2025. */
export const instant = (iso: string | null | undefined): string =>
  iso == null
    ? UNKNOWN
    : new Intl.DateTimeFormat(locale(), {
        day: "2-digit",
        month: "2-digit",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        timeZone: "Asia/Ho_Chi_Minh",
      }).format(new Date(iso));
