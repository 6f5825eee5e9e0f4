/** Longer strings are quicker left to the engine. */
const SHORT = 64;

/** The string as JSON. Short plain text, which most of an answer is, is only looked over. */
export function quoted(text: string): string {
  if (text.length > SHORT) return JSON.stringify(text);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // A control character, a quotation mark, a backslash, or half of a surrogate pair, which may be a lone one.
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c || (unit >= 0xd800 && unit <= 0xdfff))
      return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** A string that is known to hold nothing that JSON escapes. */
export const quotedAsItIs = (text: string): string => `"${text}"`;
