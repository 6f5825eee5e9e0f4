import type { Language } from "../rights/caller";

export type ProblemCode =
  | "REQUIRED"
  | "TOO_LONG"
  | "OUT_OF_RANGE"
  | "INCONSISTENT"
  | "EXPLANATION_NEEDED"
  | "EMPTY_REPORT"
  | "DUPLICATE"
  | "CODE_TAKEN"
  | "NOT_FOUND"
  | "WRONG_UNIT"
  | "WRONG_KIND"
  | "WRONG_AGENCY"
  | "WRONG_DAY"
  | "WRONG_YEAR"
  | "WRONG_STATE"
  | "SAME_PERSON"
  | "STALE_VERSION"
  | "IDEMPOTENCY_KEY_REUSED"
  | "NOTHING_CHANGED";

/** One thing that stands in a write's way: where in the arguments, and what to do about it. */
export interface Problem {
  code: ProblemCode;
  path: readonly string[];
  messages: Readonly<Record<Language, string>>;
}

export function problem(
  code: ProblemCode,
  path: readonly string[],
  [vi, en]: readonly [vietnamese: string, english: string],
): Problem {
  return { code, path, messages: { vi, en } };
}

/** `UserError` of schema/common, in the caller's language. */
export function userErrors(problems: readonly Problem[], language: Language) {
  return problems.map(({ code, path, messages }) => ({ code, path, message: messages[language] }));
}

/** At most so many characters. */
export function tooLong(text: string, most: number, path: readonly string[]): Problem[] {
  if (text.length <= most) return [];
  return [
    problem("TOO_LONG", path, [
      `Dài ${text.length} ký tự; nhiều nhất ${most}.`,
      `${text.length} characters; at most ${most}.`,
    ]),
  ];
}
