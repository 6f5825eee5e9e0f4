import { isEnumType } from "graphql";
import type { KnownTables } from "./known-tables";
import type { Column } from "./table";

/** Data Package 2.0. */
const PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json";

/** The columns' types as Frictionless names them. */
const TYPES: Readonly<Record<string, string>> = {
  Int: "integer",
  Float: "number",
  Boolean: "boolean",
  Date: "date",
  DateTime: "datetime",
};

export interface Origin {
  /** The hub's address, without a slash at its end. */
  address: string;
  /** By which the data may be used; undefined: their owners have not said. */
  licence: string | undefined;
  /** Subgraphs that the answer is made from; undefined where the variables that are given do not tell. */
  subgraphs: readonly string[] | undefined;
}

/**
 * Describes every table of an operation: its address with the parameters given, its columns with type, unit and meaning in
 * both languages, and where the data come from.
 */
export function dataPackage(
  { name, about, tables }: KnownTables,
  parameters: URLSearchParams,
  { address, licence, subgraphs }: Origin,
) {
  const pathOf = (list: string) => {
    const query = new URLSearchParams(parameters);
    if (list !== "") query.set("list", list);
    const text = query.toString();
    return `${address}/rows/${name}.csv${text === "" ? "" : `?${text}`}`;
  };
  return {
    $schema: PROFILE,
    name,
    title: tables.operation.name?.value ?? name,
    description: about,
    ...(licence && { licenses: [{ path: licence }] }),
    sources: [
      { title: "Trung tâm dữ liệu học tập suốt đời / Lifelong learning hub", path: address },
      ...(subgraphs ?? []).map((subgraph) => ({
        title: `Phân hệ ${subgraph} / Subgraph ${subgraph}`,
        path: `${address}/graphql`,
      })),
    ],
    resources: tables.all.map((table) => ({
      name: table.name === "" ? "answer" : table.name.replaceAll(".", "-").toLowerCase(),
      title: table.name,
      path: pathOf(table.name),
      type: "table",
      format: "csv",
      mediatype: "text/csv",
      encoding: "utf-8",
      schema: { fields: table.columns.map(fieldOf), missingValues: [""] },
    })),
  };
}

function fieldOf({ name, labels, type, isList, unit, description }: Column) {
  return {
    name,
    title: `${labels.vi} / ${labels.en}`,
    type: isList ? "list" : (TYPES[type.name] ?? "string"),
    ...(isList && { delimiter: ";", itemType: TYPES[type.name] ?? "string" }),
    ...(description !== undefined && { description }),
    ...(unit !== undefined && { unit }),
    ...(isEnumType(type) &&
      !isList && { constraints: { enum: type.getValues().map((value) => value.name) } }),
  };
}
