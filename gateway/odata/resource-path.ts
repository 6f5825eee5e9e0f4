import type { EntitySet } from "./entity-set";
import type { Property } from "./entity-type";
import { literalOf } from "./filter-tokens";
import { notDone, ODataError, wrong } from "./odata-error";

/** What an address under the service's root names. */
export type Resource =
  | { kind: "service" }
  | { kind: "metadata" }
  | { kind: "set" | "count"; set: EntitySet }
  | { kind: "entity"; set: EntitySet; key: ReadonlyMap<Property, string | number> };

/**
 * @param path under the root, without its leading slash.
 * @param aliases what the names beginning with `@` stand for.
 * @throws ODataError 404, or 501 for what is not done.
 */
export function readResource(
  sets: ReadonlyMap<string, EntitySet>,
  path: string,
  aliases: URLSearchParams,
): Resource {
  if (path === "") return { kind: "service" };
  if (path === "$metadata") return { kind: "metadata" };
  if (path === "$batch") throw notDone("$batch");
  const [, name = "", keyText, rest] =
    /^(?<name>\w+)(?:\((?<key>(?:'(?:[^']|'')*'|[^')])*)\))?(?:\/(?<rest>.*))?$/su.exec(path) ?? [];
  const set = sets.get(name);
  if (set === undefined) throw unknown(path.slice(0, 100), [...sets.keys()]);
  if (rest === "$count" && keyText === undefined) return { kind: "count", set };
  if (rest !== undefined && rest !== "") throw notDone(`đường dẫn / path ${path.slice(0, 100)}`);
  if (keyText === undefined) return { kind: "set", set };
  return { kind: "entity", set, key: readKey(set, keyText, aliases) };
}

export function unknown(what: string, names: readonly string[]) {
  const list = names.join(", ");
  return new ODataError(
    404,
    `Không có ${what}; có: ${list}.`,
    `There is no ${what}; there are: ${list}.`,
  );
}

function readKey(
  { name, key }: EntitySet,
  text: string,
  aliases: URLSearchParams,
): ReadonlyMap<Property, string | number> {
  const found = new Map<Property, string | number>();
  const PART =
    /\s*(?:(?<name>\w+)\s*=\s*)?(?:'(?<text>(?:[^']|'')*)'|(?<number>-?\d+)|(?<alias>@\w+))\s*(?:,|$)/uy;
  while (PART.lastIndex < text.length) {
    const groups = PART.exec(text)?.groups;
    const property = groups?.name
      ? key.find((each) => each.name === groups.name)
      : key.length === 1
        ? key[0]
        : undefined;
    const value = groups && valueOf(groups);
    const fits = typeof value === (property?.type === "Edm.String" ? "string" : "number");
    if (!property || !fits) throw strange();
    found.set(property, value as string | number);
  }
  if (found.size !== key.length) throw strange();
  return found;

  function valueOf({ text: quoted, number, alias }: Partial<Record<string, string>>): unknown {
    if (alias !== undefined) return literalOf(aliases.get(alias) ?? "")?.value;
    return number === undefined ? quoted!.replaceAll("''", "'") : Number(number);
  }

  function strange() {
    const example = key.map((each) => `${each.name}=…`).join(",");
    return wrong(`Khóa của ${name}: (${example}).`, `The key of ${name} is: (${example}).`);
  }
}
