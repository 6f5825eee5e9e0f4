import type { Column, Table } from "../rows/table";

export interface Property {
  name: string;
  /** The place of its column in a row. */
  at: number;
  type: EdmType;
  isCollection: boolean;
  isKey: boolean;
  column: Column;
}

export type EdmType =
  "Edm.String" | "Edm.Int32" | "Edm.Double" | "Edm.Boolean" | "Edm.Date" | "Edm.DateTimeOffset";

const TYPES: Readonly<Record<string, EdmType>> = {
  Int: "Edm.Int32",
  Float: "Edm.Double",
  Boolean: "Edm.Boolean",
  Date: "Edm.Date",
  DateTime: "Edm.DateTimeOffset",
};

/**
 * The properties of a table's rows. Each prefix of a column's name becomes the property's own, the longest that fits; a column
 * that none fits is none of the entity's.
 */
export function propertiesOf(
  { columns }: Table,
  prefixes: Readonly<Record<string, string>>,
  key: readonly string[],
): Property[] {
  const known = Object.keys(prefixes).sort((a, b) => b.length - a.length);
  return columns.flatMap((column, at): Property[] => {
    const prefix = known.find((each) => column.name.startsWith(`${each}.`));
    if (prefix === undefined) return [];
    const rest = column.name.slice(prefix.length + 1).replaceAll(".", "_");
    const name = [prefixes[prefix], rest].filter(Boolean).join("_");
    const type = TYPES[column.type.name] ?? "Edm.String";
    return [{ name, at, type, isCollection: column.isList, isKey: key.includes(name), column }];
  });
}
