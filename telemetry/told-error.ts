/** What a log may hold of an error. */
export interface ToldError {
  type: string;
  message?: string;
  code?: string;
  /** The statement, with placeholders where its values stood. */
  statement?: string;
  path?: unknown;
  /** Where it happened. */
  stack?: string;
  cause?: ToldError;
}

interface Thrown {
  name?: string;
  message?: unknown;
  code?: string | number;
  stack?: unknown;
  cause?: unknown;
  originalError?: unknown;
  driverError?: unknown;
  path?: unknown;
  /** Of TypeORM, beside `parameters`, which are never told. */
  query?: unknown;
  extensions?: { code?: string };
}

/** Programming mistakes quote names of the program. */
const QUOTES_NO_DATA = new Set(["TypeError", "ReferenceError"]);
const DEPTH = 4;

/**
 * An error without the data that it may quote. Databases put values into their messages (`Duplicate entry 'Nguyễn …'`), so
 * of theirs only the code and the statement are told; from other messages what stands in quotation marks is taken out.
 */
export function tellError(error: unknown, depth = 0): ToldError {
  if (typeof error !== "object" || error === null) return { type: typeof error };
  const { name, message, code, stack, path, query, extensions, ...rest } = fieldsOf(error);
  const ofDatabase = query !== undefined || /^(?:ER_|SQLITE_)/u.test(String(code));
  const cause = rest.cause ?? rest.driverError ?? rest.originalError;
  const toldCode = code ?? extensions?.code;
  const type = String(name ?? "Error");
  return {
    type,
    ...(!ofDatabase && { message: withoutQuoted(String(message), type) }),
    ...(toldCode !== undefined && { code: String(toldCode) }),
    ...(typeof query === "string" && { statement: query }),
    ...(path !== undefined && { path }),
    ...(typeof stack === "string" && { stack: placesIn(stack) }),
    ...(cause !== undefined && depth < DEPTH && { cause: tellError(cause, depth + 1) }),
  };
}

function fieldsOf(error: object): Thrown {
  const { name, message, code, stack, cause, originalError, driverError, path, query, extensions } =
    error as Thrown;
  return { name, message, code, stack, cause, originalError, driverError, path, query, extensions };
}

function withoutQuoted(message: string, type: string): string {
  if (QUOTES_NO_DATA.has(type)) return message;
  return message.replace(/"[^"]*"|“[^”]*”|`[^`]*`|(?<!\w)'[^']*'(?!\w)/gu, "“…”");
}

/** The stack without the message that it begins with. */
const placesIn = (stack: string): string =>
  stack
    .split("\n")
    .filter((line) => /^\s+at /u.test(line))
    .map((line) => line.trim())
    .join("\n");
