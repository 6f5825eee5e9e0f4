import {
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLOutputType,
} from "graphql";
import { isOfJson } from "../subgraph/answer-check";
import {
  isOfType,
  type SelectedFields,
  type SubgraphOperation,
} from "../subgraph/subgraph-operation";

type Data = Readonly<Record<string, unknown>>;

/** Whether a value is whole: nothing missing, nothing of another type than the schema says. */
type Check = (value: unknown) => boolean;

/**
 * Tells at a glance whether a subgraph's data is whole, so that nearly every answer need not be gone through by the rules
 * that say what is wrong with it. Compiled once for each set of fields that a fetch may select.
 */
export class AnswerShape {
  private readonly root: Check | undefined;
  private readonly byTypename = new Map<string, Check>();

  constructor(private readonly operation: SubgraphOperation) {
    const { schema, root } = operation;
    this.root = this.isEntityFetch
      ? undefined
      : this.objectCheck(schema.getRootType(root.operation)?.name, operation.rootFields());
  }

  /** @param typenames of the representations, in their order, where entities were asked for. */
  isWhole(data: Data, typenames: readonly string[] | undefined): boolean {
    if (this.root) return this.root(data);
    const entities = data._entities;
    if (!Array.isArray(entities) || entities.length !== typenames?.length) return false;
    return entities.every((entity, index) => this.isWholeEntity(entity, typenames[index]!));
  }

  private get isEntityFetch(): boolean {
    return this.operation.rootFields().has("_entities");
  }

  /** An entity that its subgraph does not know is left to the slower rules. */
  private isWholeEntity(entity: unknown, typename: string): boolean {
    let check = this.byTypename.get(typename);
    if (check === undefined) {
      check = this.objectCheck(typename, this.operation.entityFields(typename));
      this.byTypename.set(typename, check);
    }
    return check(entity);
  }

  private objectCheck(typename: string | undefined, selected: SelectedFields): Check {
    const type = typename === undefined ? undefined : this.operation.schema.getType(typename);
    const definitions = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
    const fields = [...selected].map(([key, nodes]) => {
      const name = nodes[0]!.name.value;
      const check =
        name === "__typename"
          ? (value: unknown) => typeof value === "string"
          : this.check(definitions[name]?.type, nodes);
      return { key, check };
    });
    return (value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
      for (const { key, check } of fields) if (!check((value as Data)[key])) return false;
      return true;
    };
  }

  private check(type: GraphQLOutputType | undefined, nodes: FieldNode[]): Check {
    // A field that the supergraph does not know under this type: presence is all that can be asked.
    if (type === undefined) return (value) => value !== undefined;
    if (isNonNullType(type)) return this.bareCheck(type.ofType, nodes);
    const check = this.bareCheck(type, nodes);
    return (value) => value === null || check(value);
  }

  private bareCheck(type: GraphQLOutputType, nodes: FieldNode[]): Check {
    if (isListType(type)) {
      const item = this.check(type.ofType as GraphQLOutputType, nodes);
      return (value) => {
        if (!Array.isArray(value)) return false;
        for (const one of value as unknown[]) if (!item(one)) return false;
        return true;
      };
    }
    if (isObjectType(type))
      return this.objectCheck(type.name, this.operation.fieldsUnder(nodes, type.name));
    if (isCompositeType(type)) return this.abstractCheck(type.name, nodes);
    if (isEnumType(type)) {
      const values = new Set<unknown>(type.getValues().map(({ name }) => name));
      return (value) => values.has(value);
    }
    switch (type.name) {
      case "String":
        return (value) => typeof value === "string";
      case "Float":
        return Number.isFinite;
      case "Boolean":
        return (value) => typeof value === "boolean";
      case "Int":
        return (value) => typeof value === "number" && (value | 0) === value;
      case "ID":
        return (value) => typeof value === "string" || Number.isInteger(value);
      default:
        return (value) => value !== null && value !== undefined && isOfJson(value);
    }
  }

  private abstractCheck(name: string, nodes: FieldNode[]): Check {
    const checks = new Map<unknown, Check>();
    const checkFor = (typename: unknown): Check => {
      if (typename !== undefined) {
        if (typeof typename !== "string") return () => false;
        if (!isOfType(this.operation.schema, typename, name)) return () => false;
      }
      const known = typename ?? name;
      const fields = this.operation.fieldsUnder(nodes, known);
      // Without its type's name an object behind an interface can neither be shaped nor looked up elsewhere.
      if (typename === undefined && fields.has("__typename")) return () => false;
      return this.objectCheck(known, fields);
    };
    return (value) => {
      if (typeof value !== "object" || value === null) return false;
      const typename = (value as Data).__typename;
      let check = checks.get(typename);
      if (check === undefined) checks.set(typename, (check = checkFor(typename)));
      return check(value);
    };
  }
}
