import { readFile } from "node:fs/promises";
import { unwatchFile, watchFile } from "node:fs";

/** @throws naming the file and how to make it, when it cannot be read. */
export async function readSupergraphFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Error(
      `Không đọc được siêu lược đồ ${path}; hãy chạy "npm run schema:compose" hoặc đặt SUPERGRAPH_PATH. / ` +
        `The supergraph ${path} cannot be read; run "npm run schema:compose" or set SUPERGRAPH_PATH.`,
      { cause: error },
    );
  }
}

/**
 * Calls back with the file's new text whenever it has changed. Looks at it rather than waiting for the system's word,
 * which does not come for files that are replaced by renaming or mounted into a container.
 * @returns what ends the watch.
 */
export function watchSupergraphFile(
  path: string,
  everyMs: number,
  changed: (text: string) => void,
  unreadable: (error: Error) => void,
): () => void {
  const look = () => void readSupergraphFile(path).then(changed, unreadable);
  watchFile(path, { interval: everyMs, persistent: false }, look);
  return () => unwatchFile(path, look);
}
