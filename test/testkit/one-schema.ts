import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  buildSchema,
  defaultFieldResolver,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import { ANONYMOUS } from "../../subgraphs/foundation/rights/caller";
import type { Subgraph, SubgraphContext } from "../../subgraphs/foundation/serve-subgraph";
import { enforceRights } from "../../subgraphs/foundation/rights/enforce-rights";

type Args = Record<string, unknown>;

/** One request's contexts, by name of the subgraph. */
export type OneContext = ReadonlyMap<string, SubgraphContext>;

export interface OneSchema {
  schema: GraphQLSchema;
  createContext: () => OneContext;
}

/** What a subgraph resolved, and the same object as other subgraphs know it. */
class Placed {
  readonly known = new Map<string, Promise<unknown>>();

  constructor(
    readonly typename: string,
    readonly origin: string,
    readonly value: unknown,
  ) {}
}

/** How a subgraph tells the others which object it means. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  Indicator: ["code"],
  Assessment: ["indicatorCode", "unitId", "year", "value", "applicable"],
};

/**
 * The subgraphs' own resolvers on one schema, without gateway, plan or wire: a field is resolved where its object came from
 * if that subgraph has it, and else by the subgraph that has it, for the object of the same key.
 */
export function oneSchema(sdl: string, subgraphs: readonly Subgraph<any>[]): OneSchema {
  const schemas = new Map(
    subgraphs.map(({ name, typeDefs, resolvers }) => [
      name,
      enforceRights(buildSubgraphSchema({ typeDefs, resolvers: resolvers as never })),
    ]),
  );
  const typeIn = (name: string, typename: string): GraphQLObjectType | undefined => {
    const type = schemas.get(name)!.getType(typename);
    return isObjectType(type) ? type : undefined;
  };
  const call = (name: string, typename: string, source: unknown, args: Args, info: Info) => {
    const field = typeIn(name, typename)!.getFields()[info.fieldName]!;
    return (field.resolve ?? defaultFieldResolver)(source, args, info.contexts.get(name), info);
  };

  const place = async (name: string, typename: string, value: unknown, info: Info) => {
    const settled = await value;
    if (Array.isArray(settled)) {
      const items: unknown[] = [];
      for (const item of settled) items.push(await place(name, typename, item, info));
      return items as unknown;
    }
    if (settled === null || settled === undefined || settled instanceof Error) return settled;
    const type = schemas.get(name)!.getType(typename);
    const actual = isAbstractType(type)
      ? await type.resolveType?.(settled, info.contexts.get(name), info, type)
      : typename;
    return new Placed(String(actual), name, settled);
  };

  /** The object as another subgraph knows it. */
  const known = (object: Placed, name: string, info: Info): Promise<unknown> => {
    if (name === object.origin) return Promise.resolve(object.value);
    const found = object.known.get(name);
    if (found) return found;
    const find = async () => {
      const { typename, origin, value } = object;
      const reference: Args = { __typename: typename };
      for (const fieldName of KEYS[typename] ?? ["id"])
        reference[fieldName] = await call(origin, typename, value, {}, { ...info, fieldName });
      const { apollo } = typeIn(name, typename)!.extensions as ApolloExtensions;
      const resolve = apollo?.subgraph?.resolveReference;
      return resolve ? resolve(reference, info.contexts.get(name), info) : reference;
    };
    const finding = find();
    object.known.set(name, finding);
    return finding;
  };

  const schema = buildSchema(sdl);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isAbstractType(type)) type.resolveType = ({ typename }: Placed) => typename;
    if (isLeafType(type)) {
      const own = [...schemas.values()].map((one) => one.getType(type.name)).find(isLeafType);
      if (own)
        Object.assign(type, {
          serialize: own.serialize.bind(own),
          parseValue: own.parseValue.bind(own),
          parseLiteral: own.parseLiteral.bind(own),
        });
    }
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const owners = [...schemas.keys()].filter(
        (name) => typeIn(name, type.name)?.getFields()[field.name],
      );
      const below = getNamedType(field.type);
      field.resolve = async (
        source: Placed | undefined,
        args: Args,
        contexts: OneContext,
        bare: GraphQLResolveInfo,
      ) => {
        const info: Info = { ...bare, contexts };
        const owner = source && owners.includes(source.origin) ? source.origin : owners[0]!;
        const object = source && (await known(source, owner, info));
        if (source && (object === null || object === undefined)) return null;
        const value = await call(owner, type.name, object, args, info);
        return isLeafType(below) ? value : place(owner, below.name, value, info);
      };
    }
  }
  return {
    schema,
    createContext: () =>
      new Map(subgraphs.map(({ name, createContext }) => [name, createContext(ANONYMOUS)])),
  };
}

/** Where `buildSubgraphSchema` keeps `__resolveReference`. */
interface ApolloExtensions {
  apollo?: {
    subgraph?: { resolveReference?: (reference: Args, context: unknown, info: Info) => unknown };
  };
}

type Info = GraphQLResolveInfo & { contexts: OneContext };
