import { readFilter, type Filter } from "./filter";
import type { EntitySet } from "./entity-set";
import type { Property } from "./entity-type";
import { notDone, wrong } from "./odata-error";
import { propertyNamed } from "./property-named";

export interface QueryOptions {
  filter: Filter | undefined;
  orderBy: readonly { property: Property; isDescending: boolean }[];
  /** Undefined: all of them. */
  select: readonly Property[] | undefined;
  top: number | undefined;
  skip: number;
  wantsCount: boolean;
  /** Where the page before ended; as this service wrote it. */
  skipToken: string | undefined;
  /** As they stand in the address, under the names of 4.0, for the next page's. */
  given: URLSearchParams;
}

const KNOWN = new Set([
  "$filter",
  "$orderby",
  "$select",
  "$top",
  "$skip",
  "$count",
  "$skiptoken",
  "$format",
]);
/** Of the specification, and not done here. */
const NOT_DONE = new Set([
  "$expand",
  "$search",
  "$apply",
  "$compute",
  "$levels",
  "$deltatoken",
  "$id",
  "$index",
  "$schemaversion",
]);
/** What has a meaning for one entity, and for what describes the service. */
const OF_ONE = new Set(["$select", "$format"]);
const OF_SERVICE = new Set(["$format"]);

/** The specification's own options under the names that 4.0 gives them: 4.01 leaves out the `$`, and minds no capitals. */
export function systemNames(given: URLSearchParams): URLSearchParams {
  const named = [...given].map(([name, value]): [string, string] => {
    const system = `$${name.replace(/^\$/u, "").toLowerCase()}`;
    return [KNOWN.has(system) || NOT_DONE.has(system) ? system : name, value];
  });
  return new URLSearchParams(named);
}

/** @throws ODataError for options that mean nothing here. */
export function refuseOptions(given: URLSearchParams, of: "entity" | "service"): void {
  const allowed = of === "entity" ? OF_ONE : OF_SERVICE;
  for (const name of given.keys()) {
    if (NOT_DONE.has(name)) throw notDone(name);
    if (!KNOWN.has(name) || allowed.has(name)) continue;
    throw wrong(`${name} không có nghĩa ở địa chỉ này.`, `${name} has no meaning at this address.`);
  }
}

/**
 * @param given under the names of 4.0.
 * @throws ODataError 400 for what is wrong, 501 for what is not done.
 */
export function readQueryOptions(set: EntitySet, given: URLSearchParams): QueryOptions {
  for (const name of new Set(given.keys())) {
    if (NOT_DONE.has(name)) throw notDone(name);
    if (!KNOWN.has(name) && !set.options.includes(name) && !isAlias(name)) {
      const accepted = [...KNOWN, ...set.options].join(", ");
      throw wrong(
        `Không có tham số ${name}; các tham số: ${accepted}.`,
        `There is no option ${name}; the options are: ${accepted}.`,
      );
    }
    if (/^[$@]/u.test(name) && given.getAll(name).length > 1)
      throw wrong(`${name} chỉ được nêu một lần.`, `${name} may be given once.`);
  }
  const filter = given.get("$filter");
  return {
    filter: filter === null ? undefined : readFilter(set, filter, given),
    orderBy: readOrder(set, given.get("$orderby")),
    select: readSelect(set, given.get("$select")),
    top: readCount(given, "$top"),
    skip: readCount(given, "$skip") ?? 0,
    wantsCount: readBoolean(given, "$count"),
    skipToken: given.get("$skiptoken") ?? undefined,
    given,
  };
}

function readOrder(set: EntitySet, text: string | null): QueryOptions["orderBy"] {
  if (text === null) return [];
  return text.split(",").map((item) => {
    const [, name, direction] =
      /^\s*([\p{L}_][\p{L}\p{N}_]*)(?:\s+(asc|desc))?\s*$/iu.exec(item) ?? [];
    if (name === undefined) throw notDone(`$orderby=${item.trim()}`);
    const property = propertyNamed(set, name);
    if (property.isCollection) throw notDone(`$orderby=${name}`);
    return { property, isDescending: direction?.toLowerCase() === "desc" };
  });
}

function readSelect(set: EntitySet, text: string | null): readonly Property[] | undefined {
  const names = (text ?? "*").split(",").map((name) => name.trim());
  if (names.includes("*")) return undefined;
  const wanted = new Set(names.map((name) => propertyNamed(set, name)));
  return set.properties.filter((property) => wanted.has(property));
}

function readCount(given: URLSearchParams, name: string): number | undefined {
  const text = given.get(name);
  if (text === null) return undefined;
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  throw wrong(`${name} phải là số nguyên không âm.`, `${name} must be a whole number, 0 or more.`);
}

function readBoolean(given: URLSearchParams, name: string): boolean {
  const text = (given.get(name) ?? "false").toLowerCase();
  if (text === "true" || text === "false") return text === "true";
  throw wrong(`${name} phải là true hoặc false.`, `${name} must be true or false.`);
}

/** A name that stands for a literal, which the address gives elsewhere. */
const isAlias = (name: string) => /^@[\p{L}_][\p{L}\p{N}_]*$/u.test(name);
