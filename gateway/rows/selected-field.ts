import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import { SubgraphOperation } from "../subgraph/subgraph-operation";

/** One field of a document, whatever `@include` and `@skip` say of it: columns do not come and go with a variable. */
export interface SelectedField {
  /** In the answer. */
  key: string;
  /** Undefined for `__typename`. */
  field: GraphQLField<unknown, unknown> | undefined;
  type: GraphQLNamedType;
  isList: boolean;
  /** Variables that its arguments are, by the argument's name. */
  variables: ReadonlyMap<string, string>;
  /** Undefined for a leaf. */
  children: readonly SelectedField[] | undefined;
}

/** The fields of the document's one operation, in its order. */
export function selectedFields(schema: GraphQLSchema, document: DocumentNode): SelectedField[] {
  const settled = visit<DocumentNode>(document, { Directive: () => null });
  const operation = new SubgraphOperation(schema, settled, {});
  /** What is asked of the types, each under its own fields of the document; undefined: at the root. */
  const ofTypes = (types: ReadonlyMap<string, FieldNode[] | undefined>) => {
    const found = new Map<string, Asked[]>();
    for (const [name, parents] of types) {
      const selected = parents ? operation.fieldsUnder(parents, name) : operation.rootFields();
      const type = schema.getType(name);
      const fields = type && "getFields" in type ? type.getFields() : {};
      for (const [key, nodes] of selected) {
        const field = fields[nodes[0]!.name.value] as SelectedField["field"];
        found.set(key, [...(found.get(key) ?? []), { field, nodes }]);
      }
    }
    return [...found].map(([key, asked]) => read(key, asked));
  };
  /** One key may be a field of several types, with other things below it in each: all of them are in its column or columns. */
  const read = (key: string, asked: readonly Asked[]): SelectedField => {
    const [{ field, nodes }] = asked as [Asked];
    const below = new Map<string, FieldNode[]>();
    for (const one of asked) {
      if (!one.field) continue;
      const type = getNamedType(one.field.type);
      if (!isCompositeType(type)) continue;
      const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
      for (const { name } of types)
        below.set(name, [...new Set([...(below.get(name) ?? []), ...one.nodes])]);
    }
    return {
      key,
      field,
      type: field ? getNamedType(field.type) : schema.getType("String")!,
      isList: field !== undefined && holdsList(field.type),
      variables: variablesOf(nodes[0]!),
      children: below.size > 0 ? ofTypes(below) : undefined,
    };
  };
  const root = schema.getRootType(operation.root.operation)!.name;
  return ofTypes(new Map([[root, undefined]]));
}

/** A field of one type, where the document asks for it. */
interface Asked {
  field: SelectedField["field"];
  nodes: FieldNode[];
}

const holdsList = (type: GraphQLOutputType): boolean =>
  isNonNullType(type) ? holdsList(type.ofType as GraphQLOutputType) : isListType(type);

function variablesOf({ arguments: given = [] }: FieldNode): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, value } of given)
    if (value.kind === Kind.VARIABLE) found.set(name.value, value.name.value);
  return found;
}
