import { relative } from "node:path";
import { composeServices } from "@apollo/composition";
import {
  getLocation,
  lexicographicSortSchema,
  printSchema,
  type ASTNode,
  type GraphQLError,
  type GraphQLSchema,
} from "graphql";
import { clientSchema } from "../gateway/client-schema";
import { ROOT, type Graph } from "./graphs";

export interface Composition {
  /** What the gateway runs. */
  supergraph: string;
  /** What clients see: sorted, described, without anything of federation. */
  hub: string;
  hubSchema: GraphQLSchema;
}

/** The graphs do not fit together; each problem says where. */
export class CompositionError extends Error {
  constructor(readonly problems: string[]) {
    super(
      `Các phân hệ không ghép được với nhau. / The subgraphs do not compose:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    );
  }
}

/** Two graphs tell different things of one type, and one of them would be lost: as bad as an error. */
const REFUSED_HINTS = new Set(["WARN"]);

/**
 * Joins the graphs into one.
 * @throws CompositionError with every error, or every hint that warns.
 */
export function composeHub(graphs: readonly Graph[]): Composition {
  const { errors, schema, supergraphSdl, hints } = composeServices([...graphs]);
  if (errors) throw new CompositionError(errors.map(tellError));
  const warnings = hints.filter(({ definition }) => REFUSED_HINTS.has(definition.level.name));
  if (warnings.length > 0) {
    throw new CompositionError(
      warnings.map(
        ({ definition, message, nodes }) => `${definition.code}: ${message}${tellPlaces(nodes)}`,
      ),
    );
  }
  const hubSchema = clientSchema(schema.toAPISchema().toGraphQLJSSchema());
  return {
    supergraph: withLastNewline(supergraphSdl),
    hub: withLastNewline(printSchema(lexicographicSortSchema(hubSchema))),
    hubSchema,
  };
}

function tellError({ message, extensions, nodes }: GraphQLError): string {
  const code = typeof extensions.code === "string" ? `${extensions.code}: ` : "";
  return `${code}${message}${tellPlaces(nodes)}`;
}

function tellPlaces(nodes: readonly ASTNode[] | undefined): string {
  const places = (nodes ?? []).flatMap(({ loc }) => {
    if (!loc) return [];
    const { line, column } = getLocation(loc.source, loc.start);
    return [`\n    ${relative(ROOT, loc.source.name)}:${line}:${column}`];
  });
  return [...new Set(places)].join("");
}

function withLastNewline(text: string): string {
  return `${text.trimEnd()}\n`;
}
