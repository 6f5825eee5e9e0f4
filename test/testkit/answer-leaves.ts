/**
 * Every value of an answer as `path=value`, without the places in lists; where a page stands in its list is no value, nor is
 * what stands in a page that does not say whether it is the last.
 */
export function answerLeaves(value: unknown, path = ""): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) {
    const isObjects = value.some((item) => typeof item === "object");
    if (isObjects) return value.flatMap((item) => answerLeaves(item, path));
    return value.length === 0 ? [] : [leaf(path, value)];
  }
  if (typeof value !== "object") return [leaf(path, value)];
  const isBlindPage = "nodes" in value && !("pageInfo" in value);
  return Object.entries(value).flatMap(([key, child]) =>
    key === "pageInfo" || (key === "nodes" && isBlindPage)
      ? []
      : answerLeaves(child, path === "" ? key : `${path}.${key}`),
  );
}

/** The values of one row of a table, in the same form. */
export const rowLeaves = (row: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(row).flatMap(([name, value]) => answerLeaves(value, name));

const leaf = (path: string, value: unknown): string => `${path}=${JSON.stringify(value)}`;
