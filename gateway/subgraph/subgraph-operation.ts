import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from "graphql";

export type Path = ReadonlyArray<string | number>;

export interface Representation {
  __typename: string;
  [key: string]: unknown;
}

/** Fields that share a response key; their selections count together. */
export type SelectedFields = Map<string, FieldNode[]>;

/** One operation, a client's or one that a subgraph is sent, with what is needed to say which keys its answer must hold. */
export class SubgraphOperation {
  readonly root: OperationDefinitionNode;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();

  constructor(
    /** The whole supergraph's: wider than any subgraph's own, never narrower. */
    readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
    /** Which operation is meant, where the document holds several. */
    operationName?: string,
  ) {
    let root: OperationDefinitionNode | undefined;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.fragments.set(definition.name.value, definition);
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      if (operationName === undefined || definition.name?.value === operationName)
        root ??= definition;
    }
    if (root === undefined) throw new Error("A fetch of a query plan holds no operation");
    this.root = root;
  }

  /** The entities asked for, when this is an `_entities` fetch. */
  get representations(): Representation[] | undefined {
    return this.variables.representations as Representation[] | undefined;
  }

  rootFields(): SelectedFields {
    return this.fields(
      [this.root.selectionSet.selections],
      this.schema.getRootType(this.root.operation)?.name,
    );
  }

  /** What is selected of an entity of the type, under `_entities`. */
  entityFields(typename: string): SelectedFields {
    return this.fieldsUnder(this.rootFields().get("_entities") ?? [], typename);
  }

  /** What is selected under the fields, for an object of the type; `typename` is undefined where it is not known. */
  fieldsUnder(fields: readonly FieldNode[], typename: string | undefined): SelectedFields {
    return this.fields(
      fields.map(({ selectionSet }) => selectionSet?.selections ?? []),
      typename,
    );
  }

  /** The keys that the whole answer should have filled, from its root; each is the least that can fail alone. */
  responseKeys(): Path[] {
    const entities = this.representations;
    if (entities === undefined) return [...this.rootFields().keys()].map((key) => [key]);
    return entities.flatMap(({ __typename }, index) => {
      const keys = [...this.entityFields(__typename).keys()].filter((key) => key !== "__typename");
      return keys.length === 0
        ? [["_entities", index]]
        : keys.map((key) => ["_entities", index, key]);
    });
  }

  private fields(
    sets: ReadonlyArray<readonly SelectionNode[]>,
    typename: string | undefined,
  ): SelectedFields {
    const found: SelectedFields = new Map();
    const collect = (selections: readonly SelectionNode[]) => {
      for (const selection of selections) {
        if (!this.isIncluded(selection)) continue;
        if (selection.kind === Kind.FIELD) {
          const key = selection.alias?.value ?? selection.name.value;
          const same = found.get(key);
          if (same) same.push(selection);
          else found.set(key, [selection]);
          continue;
        }
        const fragment =
          selection.kind === Kind.FRAGMENT_SPREAD
            ? this.fragments.get(selection.name.value)
            : selection;
        if (fragment && this.applies(fragment.typeCondition?.name.value, typename)) {
          collect(fragment.selectionSet.selections);
        }
      }
    };
    sets.forEach(collect);
    return found;
  }

  protected isIncluded(selection: SelectionNode): boolean {
    if (!selection.directives?.length) return true;
    if (getDirectiveValues(GraphQLSkipDirective, selection, this.variables)?.if === true)
      return false;
    return getDirectiveValues(GraphQLIncludeDirective, selection, this.variables)?.if !== false;
  }

  /** A fragment on a type that cannot be decided is left out: what it would fill is then not demanded. */
  protected applies(condition: string | undefined, typename: string | undefined): boolean {
    if (condition === undefined || condition === typename) return true;
    if (typename === undefined) return false;
    return isOfType(this.schema, typename, condition);
  }
}

/** Whether an object that calls itself of one type counts as of the other; an interface object calls itself by its interface. */
export function isOfType(schema: GraphQLSchema, own: unknown, wanted: string | undefined): boolean {
  if (typeof own !== "string" || wanted === undefined) return false;
  if (own === wanted) return true;
  const [type, condition] = [schema.getType(own), schema.getType(wanted)];
  return (
    isAbstractType(condition) &&
    (isObjectType(type) || isInterfaceType(type)) &&
    schema.isSubType(condition, type)
  );
}
