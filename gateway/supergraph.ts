import { buildSchema, isObjectType, type ConstDirectiveNode, type GraphQLSchema } from "graphql";

export interface SubgraphAddress {
  name: string;
  url: string;
}

/** A composed supergraph, read for what Apollo's gateway keeps to itself: addresses, owners, and the full schema. */
export interface Supergraph {
  readonly sdl: string;
  /** With everything that subgraphs hold, also what clients may not see. */
  readonly schema: GraphQLSchema;
  readonly subgraphs: readonly SubgraphAddress[];
  /** The subgraph that answers for the type by its `id`; undefined where none does. */
  ownerOf(typeName: string): string | undefined;
}

/** @throws when the text is no supergraph; whether it can be planned over is for Apollo's gateway to say. */
export function readSupergraph(sdl: string): Supergraph {
  const schema = buildSchema(sdl, { assumeValidSDL: true });
  const graphs = schema.getType("join__Graph");
  const names = new Map<string, SubgraphAddress>();
  if (graphs && "getValues" in graphs) {
    for (const { name, astNode } of graphs.getValues()) {
      const graph = astNode?.directives?.find(
        (directive) => directive.name.value === "join__graph",
      );
      if (graph)
        names.set(name, { name: text(graph, "name") ?? name, url: text(graph, "url") ?? "" });
    }
  }
  if (names.size === 0) {
    throw new Error(
      "Tệp không phải siêu lược đồ: không nêu phân hệ nào. / Not a supergraph: it names no subgraph.",
    );
  }
  return {
    sdl,
    schema,
    subgraphs: [...names.values()],
    ownerOf: (typeName) => names.get(ownerOf(schema, typeName) ?? "")?.name,
  };
}

/**
 * Several subgraphs may resolve a type's `id`, those that extend it among them: the owner is one that does not extend it,
 * and of these the one that brings most of its fields.
 */
function ownerOf(schema: GraphQLSchema, typeName: string): string | undefined {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return undefined;
  const keys = applied(type.astNode?.directives, "join__type").filter(
    (key) => text(key, "key") === "id" && flag(key, "resolvable") !== false,
  );
  const owning = keys.filter((key) => flag(key, "extension") !== true);
  const fieldsFrom = (graph: string) =>
    Object.values(type.getFields()).filter(({ astNode }) =>
      applied(astNode?.directives, "join__field").some(
        (field) => text(field, "graph") === graph && flag(field, "external") !== true,
      ),
    ).length;
  const [owner] = (owning.length > 0 ? owning : keys)
    .map((key) => text(key, "graph")!)
    .map((graph) => ({ graph, fields: fieldsFrom(graph) }))
    .sort((one, other) => other.fields - one.fields);
  return owner?.graph;
}

const applied = (
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): ConstDirectiveNode[] => directives?.filter((directive) => directive.name.value === name) ?? [];

function argument(directive: ConstDirectiveNode, name: string) {
  return directive.arguments?.find((candidate) => candidate.name.value === name)?.value;
}

function text(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = argument(directive, name);
  return value?.kind === "StringValue" || value?.kind === "EnumValue" ? value.value : undefined;
}

function flag(directive: ConstDirectiveNode, name: string): boolean | undefined {
  const value = argument(directive, name);
  return value?.kind === "BooleanValue" ? value.value : undefined;
}
