import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLLeafType,
  type GraphQLOutputType,
} from "graphql";
import {
  isOfType,
  type Path,
  type SelectedFields,
  type SubgraphOperation,
} from "./subgraph-operation";

export interface Flaw {
  path: Path;
  /** `UNKNOWN_ENTITY`: the subgraph knows no such entity, though another refers to it and the field may not be null. */
  kind: "INVALID" | "UNKNOWN_ENTITY";
}

type Data = Record<string, unknown>;

/**
 * Makes a subgraph's data safe for the gateway to merge: what is missing, or not of the shape that the schema promises,
 * is taken out in place and reported, so that one bad field costs that field alone. Where the subgraph has already
 * said why a value is null, nothing is reported.
 */
export function mendData(
  operation: SubgraphOperation,
  data: Data,
  errorPaths: readonly Path[],
): Flaw[] {
  const { schema } = operation;
  const flaws: Flaw[] = [];
  const explained = new Set(
    errorPaths.flatMap((path) => path.map((_, index) => key(path.slice(0, index + 1)))),
  );
  const path: Array<string | number> = [];

  const refuse = (kind: Flaw["kind"] = "INVALID"): null => {
    if (!explained.has(key(path))) flaws.push({ path: [...path], kind });
    return null;
  };

  const mendFields = (object: Data, typename: string | undefined, fields: SelectedFields) => {
    const type = typename === undefined ? undefined : schema.getType(typename);
    const definitions = isObjectType(type) || isInterfaceType(type) ? type.getFields() : undefined;
    for (const [responseKey, nodes] of fields) {
      const name = nodes[0]!.name.value;
      if (name === "__typename") {
        object[responseKey] ??= typename;
        continue;
      }
      path.push(responseKey);
      const before = flaws.length;
      const mended = mendValue(object[responseKey], definitions?.[name]?.type, nodes);
      path.pop();
      if (mended !== null || flaws.length === before) object[responseKey] = mended;
      // Null would do for the client, but the gateway would take it for a key and ask other subgraphs about it.
      else delete object[responseKey];
    }
  };

  /** The type is undefined where the supergraph does not know the field under that type: then presence is all we ask. */
  const mendValue = (
    value: unknown,
    type: GraphQLOutputType | undefined,
    nodes: FieldNode[],
  ): unknown => {
    if (value === undefined) return refuse();
    if (isNonNullType(type))
      return value === null ? refuse() : mendValue(value, type.ofType, nodes);
    if (value === null || type === undefined) return value;
    if (isListType(type)) {
      if (!Array.isArray(value)) return refuse();
      return value.map((item, index) => {
        path.push(index);
        const mended = mendValue(item, type.ofType, nodes);
        path.pop();
        return mended;
      });
    }
    if (!isCompositeType(type)) return isLeaf(type, value) ? value : refuse();
    if (!isRecord(value)) return refuse();
    const said = value.__typename ?? (isObjectType(type) ? type.name : undefined);
    const typename = typeof said === "string" ? said : undefined;
    if (said !== typename || (typename !== undefined && !isOfType(schema, typename, type.name)))
      return refuse();
    const fields = operation.fieldsUnder(nodes, typename ?? type.name);
    // Without its type's name an object behind an interface can neither be shaped nor looked up elsewhere.
    if (typename === undefined && fields.has("__typename")) return refuse();
    mendFields(value, typename ?? type.name, fields);
    return value;
  };

  const mendEntity = (entity: unknown, typename: string): unknown => {
    const fields = operation.entityFields(typename);
    if (entity === null) {
      const definitions = schema.getType(typename);
      if (!isObjectType(definitions)) return null;
      for (const [responseKey, nodes] of fields) {
        if (!isNonNullType(definitions.getFields()[nodes[0]!.name.value]?.type)) continue;
        path.push(responseKey);
        refuse("UNKNOWN_ENTITY");
        path.pop();
        break;
      }
      return null;
    }
    const object = isRecord(entity) ? entity : {};
    mendFields(object, typename, fields);
    return object;
  };

  const { representations } = operation;
  if (representations === undefined) {
    mendFields(data, schema.getRootType(operation.root.operation)?.name, operation.rootFields());
    return flaws;
  }
  data._entities = (data._entities as unknown[]).map((entity, index) => {
    path.push("_entities", index);
    const mended = mendEntity(entity, representations[index]!.__typename);
    path.length = 0;
    return mended;
  });
  return flaws;
}

/** Whether entities came for all representations; if not, none can be told from another. */
export const hasAllEntities = ({ representations }: SubgraphOperation, data: Data): boolean =>
  representations === undefined ||
  (Array.isArray(data._entities) && data._entities.length === representations.length);

/** Custom scalars may be anything; the gateway's own shaping refuses what is wrong of the others without a word. */
function isLeaf(type: GraphQLLeafType, value: unknown): boolean {
  if (isEnumType(type)) return typeof value === "string" && type.getValue(value) !== undefined;
  switch (type.name) {
    case GraphQLInt.name:
      return typeof value === "number" && (value | 0) === value;
    case GraphQLFloat.name:
      return Number.isFinite(value);
    case GraphQLString.name:
      return typeof value === "string";
    case GraphQLBoolean.name:
      return typeof value === "boolean";
    case GraphQLID.name:
      return typeof value === "string" || Number.isInteger(value);
    default:
      return isOfJson(value);
  }
}

/** Neither a number that is too large for one, such as `1e400`, nor what every object has without having been given it. */
export const isOfJson = (value: unknown): boolean =>
  typeof value === "number" ? Number.isFinite(value) : typeof value !== "function";

const key = (path: Path): string => path.join("\u0000");

const isRecord = (value: unknown): value is Data =>
  typeof value === "object" && value !== null && !Array.isArray(value);
