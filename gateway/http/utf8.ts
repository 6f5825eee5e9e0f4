/** Grows to the longest answer yet, up to a limit; nobody keeps a view of it. */
let scratch = Buffer.allocUnsafe(64 * 1024);
const MAX_SCRATCH = 4 * 1024 * 1024;

/** The text's bytes. Written into a buffer that is used again, which spares going through the text twice. */
export function utf8(text: string): Buffer {
  const most = text.length * 3;
  if (most > MAX_SCRATCH) return Buffer.from(text, "utf8");
  if (most > scratch.length) scratch = Buffer.allocUnsafe(Math.min(most * 2, MAX_SCRATCH));
  const length = scratch.write(text, 0, "utf8");
  return Buffer.from(scratch.subarray(0, length));
}
