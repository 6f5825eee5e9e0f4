import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A secret that is made once under `<data directory>/keys`, readable by its owner alone. Processes that start at the same
 * time end with the same one: each writes its own under another name, and only the first gets the right name.
 * @throws an Error that names the setting when the folder cannot be read or written.
 */
export function openKeyFile(dataDirectory: string, name: string, make: () => string): string {
  const folder = join(dataDirectory, "keys");
  try {
    return openIn(folder, name, make);
  } catch (error) {
    throw new Error(
      `DATA_DIRECTORY: không đọc, ghi được ${folder}; hãy cấp quyền hoặc nêu thư mục khác. / ` +
        `DATA_DIRECTORY: ${folder} cannot be read and written; grant access or name another folder. (${(error as Error).message})`,
      { cause: error },
    );
  }
}

function openIn(folder: string, name: string, make: () => string): string {
  const file = join(folder, name);
  const known = readIfThere(file);
  if (known !== null) return known;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  writeFileSync(draft, make(), { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, "utf8");
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
