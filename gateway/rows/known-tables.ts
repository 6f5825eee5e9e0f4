import { parse, validate, type GraphQLSchema } from "graphql";
import type { TrustedDocuments } from "../trusted-documents";
import { documentTables, type DocumentTables } from "./table";

/** A known query that can be had as rows. */
export interface KnownTables {
  /** Of the operation, in the manner of addresses: `cross-sector-coverage`. */
  name: string;
  text: string;
  /** What stands before the operation in its file. */
  about: string;
  tables: DocumentTables;
}

const known = new WeakMap<GraphQLSchema, ReadonlyMap<string, KnownTables>>();

/** The known queries that fit the schema, by name; what writes is none of them. */
export function knownTables(
  schema: GraphQLSchema,
  documents: TrustedDocuments,
): ReadonlyMap<string, KnownTables> {
  let found = known.get(schema);
  if (found === undefined) {
    found = new Map(documents.texts.flatMap((text) => readTables(schema, documents, text)));
    known.set(schema, found);
  }
  return found;
}

function readTables(
  schema: GraphQLSchema,
  documents: TrustedDocuments,
  text: string,
): [string, KnownTables][] {
  const document = parse(text);
  if (validate(schema, document).length > 0) return [];
  const tables = documentTables(schema, document);
  if (tables.operation.operation !== "query") return [];
  const name = addressName(documents.nameOf(text)!);
  const about = text
    .split(/^(?:query|fragment|\{)/mu, 1)[0]!
    .replace(/^#\s?/gmu, "")
    .replace(/\s+/gu, " ")
    .trim();
  return [[name, { name, text, about, tables }]];
}

/** `CrossSectorCoverage` → `cross-sector-coverage`. */
export const addressName = (name: string): string =>
  name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/gu, "-").toLowerCase();
