import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import type { Role } from "../../../access/viewer";
import { badInput } from "../faults";
import { SECTORS, type Sector } from "../sector";
import type { Owned, Rights } from "./rights";

/** What `@owner` and `@needs` say of one field. */
interface Statement {
  roles: readonly Role[];
  sector: Sector | null;
  by: readonly string[];
  of: string | null;
  agency: string | null;
  units: readonly string[];
}

/** What the context of a subgraph with rights offers the rule. */
export interface RightsContext {
  rights: Rights;
  /** The role that let the caller use each field of this request, by response path; read by what writes the ledger. */
  roles: Map<string, Role>;
  /** Where the records with these ids stand, in their order; null: nowhere known, or there is no such record. */
  placesOf: (ids: readonly string[]) => Promise<(string | null)[]>;
  /** The unit version that an argument names. @throws BAD_USER_INPUT when there is none. */
  unitOf: (input: unknown) => string;
}

/**
 * Holds every mutation, and every field that is protected, to what its SDL says: nothing is resolved before the caller has
 * been found to have the right.
 * @throws when a mutation, or a field that gives a protected type, says nothing: such a subgraph does not start.
 */
export function enforceRights(schema: GraphQLSchema): GraphQLSchema {
  const silent = fieldsWithoutStatement(schema);
  if (silent.length > 0)
    throw new Error(`@owner and @needs are missing on ${silent.join(", ")}: nobody may use them.`);
  for (const { field, statement } of statements(schema)) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args, context: RightsContext, info) => {
      const owned = await ownedBy(statement, source, args as object, context);
      const role = context.rights.require(statement.roles, owned);
      context.roles.set(String(info.path.key), role);
      return resolve(source, args, context, info);
    };
  }
  return schema;
}

/** Mutations, and fields that give a protected type, that do not say both whose they are and what they need. */
export function fieldsWithoutStatement(schema: GraphQLSchema): string[] {
  return coordinates(schema)
    .filter(({ type, field }) => {
      const isMutation = type === schema.getMutationType();
      const named = getNamedType(field.type);
      const isProtected = isObjectType(named) && directive(named, "needs") !== undefined;
      const saysNeeds = directive(field, "needs") !== undefined;
      const saysOwner = directive(field, "owner") !== undefined;
      return saysNeeds !== saysOwner || ((isMutation || isProtected) && !saysNeeds);
    })
    .map(({ type, field }) => `${type.name}.${field.name}`);
}

/** Every field with a statement, as `Mutation.registerLibrary`, with the roles that it needs. */
export function protectedFields(schema: GraphQLSchema): Map<string, readonly Role[]> {
  return new Map(
    statements(schema).map(({ type, field, statement }) => [
      `${type.name}.${field.name}`,
      statement.roles,
    ]),
  );
}

function statements(schema: GraphQLSchema) {
  return coordinates(schema).flatMap(({ type, field }) => {
    const needs = directive(field, "needs");
    const owner = directive(field, "owner");
    if (!needs || !owner) return [];
    const { roles } = argumentsOf(needs) as { roles: Role[] };
    const said = argumentsOf(owner);
    const list = (value: unknown) => (value === undefined ? [] : [value].flat()) as string[];
    const statement: Statement = {
      roles,
      sector: (said.sector as Sector | undefined) ?? null,
      by: list(said.by),
      of: (said.of as string | undefined) ?? null,
      agency: (said.agency as string | undefined) ?? null,
      units: list(said.units),
    };
    return [{ type, field, statement }];
  });
}

async function ownedBy(
  { sector, by, of, agency, units }: Statement,
  source: unknown,
  args: object,
  context: RightsContext,
): Promise<Owned> {
  const named = by.flatMap((path) => valuesAt(args, path));
  const ids = named.filter((value) => !isSector(value));
  if (of !== null) ids.push(String((source as Record<string, unknown>)[of]));
  const sectors = [
    ...(sector ? [sector] : []),
    ...named.filter(isSector),
    ...ids.map((id) => sectorOf(id)),
  ];
  const given = units.flatMap((path) =>
    objectsAt(args, path).map((input) => context.unitOf(input)),
  );
  const held = ids.length > 0 ? await context.placesOf(ids) : [];
  return {
    sectors: [...new Set(sectors)],
    agencies: agency === null ? [] : valuesAt(args, agency),
    places: [...held, ...given],
    placed: agency === null,
  };
}

/** The sector that an id of ours names: `library:armed-forces:…`. @throws BAD_USER_INPUT for any other text. */
function sectorOf(id: string): Sector {
  const name = id.split(":")[1]?.replaceAll("-", "_").toUpperCase() ?? "";
  if (isSector(name)) return name;
  throw badInput(
    `\`${id.slice(0, 80)}\` không phải mã định danh do hệ thống cấp.`,
    `\`${id.slice(0, 80)}\` is not an id issued by the hub.`,
  );
}

const isSector = (value: string): value is Sector => (SECTORS as readonly string[]).includes(value);

function valuesAt(args: object, path: string): string[] {
  return objectsAt(args, path).map(String);
}

/** What stands at the path; a list on the way is walked through, and null ends it. */
function objectsAt(args: object, path: string): unknown[] {
  return path
    .split(".")
    .reduce<unknown[]>(
      (values, step) =>
        values
          .flatMap((value) => (value as Record<string, unknown>)[step])
          .filter((value) => value !== null && value !== undefined),
      [args],
    );
}

function coordinates(
  schema: GraphQLSchema,
): { type: GraphQLObjectType; field: GraphQLField<unknown, RightsContext> }[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith("__")
      ? Object.values(type.getFields()).map((field) => ({ type, field }))
      : [],
  );
}

function directive(
  element: GraphQLObjectType | GraphQLField<unknown, RightsContext>,
  name: string,
): ConstDirectiveNode | undefined {
  const nodes = [
    element.astNode,
    ...("extensionASTNodes" in element ? element.extensionASTNodes : []),
  ];
  return nodes.flatMap((node) => node?.directives ?? []).find((each) => each.name.value === name);
}

function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    given.map(({ name, value }) => [
      name.value,
      value.kind === Kind.ENUM ? value.value : valueFromASTUntyped(value),
    ]),
  );
}
