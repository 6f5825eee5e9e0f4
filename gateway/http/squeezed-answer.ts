import { gzipSync } from "node:zlib";

/** Shorter ones fit into one packet anyway. */
const LEAST_BYTES = 1400;

const squeezed = new WeakMap<Buffer, Buffer>();

/**
 * The answer as gzip; one that is kept is compressed once. Undefined for one that is too short to gain by it. For pages, whose
 * line may be slow: programs next door would pay more for unpacking than they save.
 */
export function squeeze(json: Buffer): Buffer | undefined {
  if (json.length < LEAST_BYTES) return undefined;
  const kept = squeezed.get(json);
  if (kept !== undefined) return kept;
  const made = gzipSync(json, { level: 6 });
  squeezed.set(json, made);
  return made;
}
