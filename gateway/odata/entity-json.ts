import type { Row } from "../rows/flatten";
import type { EntitySet } from "./entity-set";
import type { Property } from "./entity-type";
import { NAMESPACE } from "./metadata-xml";
import type { Version } from "./odata-answer";

/** How much an answer says of itself. */
export type MetadataLevel = "none" | "minimal" | "full";

/** How an answer is told. */
export interface Telling {
  level: MetadataLevel;
  version: Version;
  /** The service's address, with its slash. */
  service: string;
}

/** What an answer says of itself, by the name that its version gives it. */
export const control = ({ version }: Pick<Telling, "version">, name: string): string =>
  version === "4.0" ? `@odata.${name}` : `@${name}`;

/** One entity, in OData's JSON. */
export function entityJson(
  set: EntitySet,
  row: Row,
  select: readonly Property[] | undefined,
  telling: Telling,
): Record<string, unknown> {
  const entity: Record<string, unknown> = {};
  const isFull = telling.level === "full";
  if (isFull) {
    entity[control(telling, "type")] = `#${NAMESPACE}.${set.type}`;
    entity[control(telling, "id")] = `${telling.service}${set.name}(${keyOf(set, row)})`;
  }
  for (const { name, at, type, isCollection } of select ?? set.properties) {
    const told = isCollection ? `Collection(${simple(type)})` : simple(type);
    const sign = isCollection || telling.version === "4.0" ? "#" : "";
    if (isFull && (isCollection || TYPED.has(type)))
      entity[name + control(telling, "type")] = sign + told;
    entity[name] = isCollection ? (row[at] ?? []) : row[at];
  }
  return entity;
}

/** Types that JSON does not tell by itself. */
const TYPED = new Set(["Edm.Date", "Edm.DateTimeOffset", "Edm.Int32"]);

const simple = (type: string) => type.slice("Edm.".length);

function keyOf({ key }: EntitySet, row: Row): string {
  const literals = key.map(({ name, at }) => {
    const value = row[at];
    const literal =
      typeof value === "number"
        ? String(value)
        : `'${encodeURIComponent(String(value).replaceAll("'", "''"))}'`;
    return key.length === 1 ? literal : `${name}=${literal}`;
  });
  return literals.join(",");
}
