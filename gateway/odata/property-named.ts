import type { EntitySet } from "./entity-set";
import type { Property } from "./entity-type";
import { wrong } from "./odata-error";

/** @throws ODataError that tells the names there are. */
export function propertyNamed({ name: set, properties }: EntitySet, name: string): Property {
  const found = properties.find((property) => property.name === name);
  if (found) return found;
  const names = properties.map((property) => property.name).join(", ");
  throw wrong(
    `${set} không có thuộc tính ${name}; các thuộc tính: ${names}.`,
    `${set} has no property ${name}; its properties are: ${names}.`,
  );
}
