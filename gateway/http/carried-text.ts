import { isUtf8 } from "node:buffer";

/**
 * Text as the bytes of its UTF-8, one character for each. What subgraphs answer is for the client and not for the gateway,
 * which minds only names, and those are ASCII: carried like this it is neither decoded when it comes nor encoded when it goes.
 * JSON is written and read alike, but for characters that are spelt `\u1ea3`: these are no bytes.
 */
export const carried = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

/** The bytes to be sent. */
export const bytesOfCarried = (text: string): Buffer => Buffer.from(text, "latin1");

/** The value with its texts as people read them. */
export function told<Value>(value: Value): Value {
  const text = bytesOfCarried(JSON.stringify(value)).toString("utf8");
  return JSON.parse(text) as Value;
}

/** A character beyond ASCII that is spelt out. */
const SPELT_OUT = /\\u(?!00[0-7])/u;

export interface CarriedJson {
  /** Its texts are carried. */
  value: unknown;
  /** It had to be read and written anew: whoever sends such JSON is better not asked for carried text. */
  isRespelt: boolean;
  /** None of its texts holds a character that JSON has to escape. */
  isUnescaped: boolean;
}

/** @throws SyntaxError for what is no JSON. */
export function readCarriedJson(bytes: Buffer): CarriedJson {
  const text = bytes.toString("latin1");
  const isUnescaped = !text.includes("\\");
  if ((!isUnescaped && SPELT_OUT.test(text)) || !isUtf8(bytes)) {
    const value = JSON.parse(
      carried(JSON.stringify(JSON.parse(bytes.toString("utf8")))),
    ) as unknown;
    return { value, isRespelt: true, isUnescaped: false };
  }
  return { value: JSON.parse(text), isRespelt: false, isUnescaped };
}
