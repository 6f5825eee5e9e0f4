import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildASTSchema,
  extendSchema,
  isSpecifiedDirective,
  parse,
  visit,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";

const read = (path: string) => parse(readFileSync(join(__dirname, path), "utf8"));
const DIRECTIVES = read("client-directives.graphql");
const LIVE = read("live/live.graphql");
/** Types of the hub's that the subscription speaks of. */
const LIVE_NEEDS = ["Sector", "DateTime"];

const OWN = buildASTSchema(DIRECTIVES)
  .getDirectives()
  .filter((directive) => !isSpecifiedDirective(directive));

/** By name, what the gateway itself carries out. */
export const CLIENT_DIRECTIVES: ReadonlySet<string> = new Set(OWN.map(({ name }) => name));
export const DEFER = OWN.find(({ name }) => name === "defer")!;
export const STALE_IF_SILENT = "staleIfSilent";

/**
 * The schema as clients may use it: with what the gateway itself carries out, whatever the supergraph. Over another's
 * supergraph there is no subscription.
 */
export function clientSchema(schema: GraphQLSchema): GraphQLSchema {
  const isHub = LIVE_NEEDS.every((name) => schema.getType(name)) && !schema.getSubscriptionType();
  const own = OWN.filter(({ name }) => !schema.getDirective(name)).map(({ name }) => name);
  const definitions = DIRECTIVES.definitions.filter(
    (definition) => "name" in definition && own.includes(definition.name?.value ?? ""),
  );
  return extendSchema(schema, {
    ...DIRECTIVES,
    definitions: [...definitions, ...(isHub ? LIVE.definitions : [])],
  });
}

/** For whoever does not know them. */
export function withoutClientDirectives(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive: ({ name }) => (CLIENT_DIRECTIVES.has(name.value) ? null : undefined),
  });
}
