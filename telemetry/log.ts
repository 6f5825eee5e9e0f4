import pino, { type DestinationStream, type Logger } from "pino";
import { tellError } from "./told-error";

let standardOutput: DestinationStream | undefined;

/** Never on purpose in a line; taken out should somebody log a request whole. */
const SECRET = ["authorization", "cookie", '["set-cookie"]', '["hub-signature"]', '["hub-viewer"]'];
const at = (place: string) =>
  SECRET.map((name) => (name.startsWith("[") ? `${place}${name}` : `${place}.${name}`));

/**
 * The log of one part of the hub, as JSON lines. It holds ids, names of operations, figures and the kinds of errors; no
 * variables, tokens or rows: errors go through `tellError`.
 * @param destination standard output unless given, written in batches, at the latest after a second.
 */
export function createLog(
  part: string,
  level: string,
  destination: DestinationStream = (standardOutput ??= pino.destination({
    dest: 1,
    sync: false,
    minLength: 4096,
    periodicFlush: 1000,
  })),
): Logger {
  return pino(
    {
      level,
      base: { part },
      serializers: { err: tellError },
      redact: {
        paths: [...at("headers"), ...at("*.headers"), ...SECRET, ...at("*")],
        censor: "[…]",
      },
    },
    destination,
  );
}
