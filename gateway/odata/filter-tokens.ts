import type { Kind } from "./filter-functions";
import { notDone, wrong } from "./odata-error";

export type Token = { text: string; place: number } & (
  | { type: "word" | "(" | ")" | "," | "end" }
  | { type: "value"; kind: Kind | "null"; value: unknown }
);

const LITERALS: readonly [RegExp, Kind, (text: string) => unknown][] = [
  [/'(?:[^']|'')*'/uy, "text", (text) => text.slice(1, -1).replaceAll("''", "'")],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/uy, "instant", (text) => text],
  [/\d{4}-\d\d-\d\d(?![\dT])/uy, "day", (text) => text],
  [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/uy, "number", Number],
  [/(?:true|false)(?!\w)/iuy, "boolean", (text) => text.toLowerCase() === "true"],
];
const WORD = /[\p{L}_][\p{L}\p{N}_/.]*/uy;
const ALIAS = /@[\p{L}_][\p{L}\p{N}_]*/uy;

/** What a text says as a whole, such as `'L1'` or `2025`; undefined: it is no literal. */
export function literalOf(text: string): { kind: Kind | "null"; value: unknown } | undefined {
  const [first, ...rest] = tokensOf(text, new URLSearchParams());
  return first?.type === "value" && rest[0]?.type === "end" ? first : undefined;
}

/** A text's value where it is that of a number, a day, an instant or a truth value, as `cast` reads it. */
export function bareLiteral(text: string): { kind: Kind; value: unknown } | undefined {
  for (const [pattern, kind, read] of LITERALS) {
    pattern.lastIndex = 0;
    if (kind !== "text" && pattern.exec(text)?.[0] === text) return { kind, value: read(text) };
  }
  return undefined;
}

/**
 * @param aliases what the names beginning with `@` stand for.
 * @throws ODataError at the first sign that is no part of a filter.
 */
export function tokensOf(text: string, aliases: URLSearchParams): Token[] {
  const tokens: Token[] = [];
  const [lambda] = /\/(?:any|all)\(/u.exec(text.replace(/'(?:[^']|'')*'/gu, "''")) ?? [];
  if (lambda !== undefined) throw notDone(`${lambda.slice(1)}…)`);
  let place = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = place;
    return pattern.exec(text)?.[0];
  };
  while (place < text.length) {
    const sign = text[place]!;
    if (/\s/u.test(sign)) {
      place += 1;
      continue;
    }
    const token = literal() ?? alias() ?? word() ?? mark(sign);
    if (token === undefined)
      throw wrong(
        `$filter: không hiểu “${text.slice(place, place + 20)}” ở vị trí ${place + 1}.`,
        `$filter: “${text.slice(place, place + 20)}” at position ${place + 1} is not understood.`,
      );
    tokens.push(token);
    place += token.text.length;
  }
  return [...tokens, { type: "end", text: "", place }];

  function literal(): Token | undefined {
    for (const [pattern, kind, read] of LITERALS) {
      const found = match(pattern);
      if (found !== undefined)
        return { type: "value", kind, value: read(found), text: found, place };
    }
    const isNull = match(/null(?!\w)/uy) !== undefined;
    return isNull ? { type: "value", kind: "null", value: null, text: "null", place } : undefined;
  }

  function alias(): Token | undefined {
    const found = match(ALIAS);
    if (found === undefined) return undefined;
    const given = aliases.get(found);
    // What an alias that nobody gives stands for is null, says the specification.
    const literal = given === null ? { kind: "null" as const, value: null } : literalOf(given);
    if (literal) return { type: "value", ...literal, text: found, place };
    throw notDone(`${found}=${given!.slice(0, 20)}`);
  }

  function word(): Token | undefined {
    const found = match(WORD);
    return found === undefined ? undefined : { type: "word", text: found, place };
  }

  function mark(sign: string): Token | undefined {
    if (sign !== "(" && sign !== ")" && sign !== ",") return undefined;
    return { type: sign, text: sign, place };
  }
}
