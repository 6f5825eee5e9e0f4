/** What is within more brackets than this is written by nobody, and would exhaust the stack of whoever walks through it. */
const MAX_NESTING = 500;

/** Whether arrays and objects of the JSON text lie deeper in each other than any honest request's. */
export function isNestedTooDeep(json: string): boolean {
  if (json.length <= MAX_NESTING) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at);
    else if (code === BRACKET || code === BRACE) {
      if ((depth += 1) > MAX_NESTING) return true;
    } else if (code === BRACKET + 2 || code === BRACE + 2) depth -= 1;
  }
  return false;
}

const [QUOTE, BACKSLASH, BRACKET, BRACE] = [0x22, 0x5c, 0x5b, 0x7b];

/** Where the string that begins there ends: at a quote with an even number of backslashes before it. */
function endOfString(json: string, from: number): number {
  let end = from;
  for (;;) {
    end = json.indexOf('"', end + 1);
    if (end === -1) return json.length;
    let before = end;
    while (json.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
}
