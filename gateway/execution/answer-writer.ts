import {
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import {
  isOfType,
  type SelectedFields,
  type SubgraphOperation,
} from "../subgraph/subgraph-operation";
import { clientKey } from "./planned-keys";
import { quoted, quotedAsItIs } from "./quoted";
import type { Shared } from "./targets";
import type { Violation } from "./violation";

type Data = Readonly<Record<string, unknown>>;

/** JSON of a value; undefined where it is null, or had to become so because something below it may not be. */
type Write = (value: unknown) => string | undefined;

interface FieldWriter {
  /** Under which it stands in the merged answer. */
  key: string;
  /** The client's key. */
  told: string;
  /** What stands before the value: a brace or a comma, and the key. */
  opening: string;
  isNonNull: boolean;
  write: Write;
  /** Set where the field's own answer is known from the schema: `__typename` of an object. */
  constant: string | undefined;
}

/**
 * Writes the client's answer from the merged answers of subgraphs, in the order and under the keys that the client asked
 * for, with nulls carried up as the GraphQL specification says (6.4.4). Made once for each set of fields that an operation
 * may select, and never used by two answers at one time.
 */
export class AnswerWriter {
  private readonly root: Write;
  private readonly path: Array<string | number> = [];
  private violations: Violation[] = [];
  private shared: Shared = new Set();
  private quote = quoted;
  /** What was written of the parts that stand in the answer more than once, by the writer that wrote it. */
  private written = new Map<Write, Map<object, string | undefined>>();

  constructor(
    /** The client's: without what is inaccessible. */
    private readonly schema: GraphQLSchema,
    private readonly operation: SubgraphOperation,
    /** What is written: unless given, the whole answer. */
    type: GraphQLCompositeType = schema.getRootType(operation.root.operation)!,
    fields: SelectedFields = operation.rootFields(),
  ) {
    this.root = this.objectWriter(type, fields, 0);
  }

  /**
   * The JSON of `data`, and each place under it where a null was found that the schema does not allow.
   * @param isUnescaped no text in it holds a character that JSON has to escape.
   */
  write(
    data: Data,
    shared: Shared,
    isUnescaped = false,
  ): { json: string; violations: readonly Violation[] } {
    this.violations = [];
    this.shared = shared;
    this.quote = isUnescaped ? quotedAsItIs : quoted;
    const json = this.root(data) ?? "null";
    if (this.written.size > 0) this.written = new Map();
    return { json, violations: this.violations };
  }

  /** What stands in several places is written once. */
  private once(write: Write): Write {
    return (value) => {
      if (this.shared.size === 0 || !this.shared.has(value as object)) return write(value);
      let written = this.written.get(write);
      if (written === undefined)
        this.written.set(write, (written = new Map<object, string | undefined>()));
      let json = written.get(value as object);
      if (json !== undefined) return json;
      const before = this.violations.length;
      json = write(value);
      // What is wrong in it is told of each place.
      if (this.violations.length === before) written.set(value as object, json);
      return json;
    };
  }

  private objectWriter(
    type: GraphQLCompositeType,
    selected: ReadonlyMap<string, FieldNode[]>,
    depth: number,
  ): Write {
    const definitions = "getFields" in type ? type.getFields() : {};
    const fields: FieldWriter[] = [...selected].map(([key, nodes], index) => {
      const told = clientKey(key);
      const opening = `${index === 0 ? "{" : ","}${JSON.stringify(told)}:`;
      const name = nodes[0]!.name.value;
      if (name === "__typename") {
        const constant = isObjectType(type) ? JSON.stringify(type.name) : undefined;
        return { key, told, opening, isNonNull: true, write: this.writeString, constant };
      }
      const declared = definitions[name]!.type;
      const isNonNull = isNonNullType(declared);
      const bare = isNonNull ? declared.ofType : declared;
      return {
        key,
        told,
        opening,
        isNonNull,
        write: this.writer(bare, nodes, depth),
        constant: undefined,
      };
    });
    const { path } = this;
    return (value) => {
      if (typeof value !== "object" || value === null) return undefined;
      if (fields.length === 0) return "{}";
      let json = "";
      for (const { key, told, opening, isNonNull, write, constant } of fields) {
        path[depth] = told;
        let written = constant ?? write((value as Data)[key]);
        if (written === undefined) {
          if (isNonNull) {
            if ((value as Data)[key] == null) this.violated(depth, `field ${type.name}.${told}`);
            return undefined;
          }
          written = "null";
        }
        json += opening + written;
      }
      return `${json}}`;
    };
  }

  private writer(type: GraphQLOutputType, nodes: FieldNode[], depth: number): Write {
    const below = depth + 1;
    if (isListType(type)) return this.once(this.listWriter(type.ofType, nodes, below));
    if (isAbstractType(type)) return this.once(this.abstractWriter(type, nodes, below));
    if (isObjectType(type)) {
      const fields = this.operation.fieldsUnder(nodes, type.name);
      return this.once(this.objectWriter(type, fields, below));
    }
    return this.leafWriter(type, depth);
  }

  private listWriter(itemType: GraphQLOutputType, nodes: FieldNode[], depth: number): Write {
    const isNonNull = isNonNullType(itemType);
    const bare: GraphQLOutputType = isNonNull ? itemType.ofType : itemType;
    const write = this.writer(bare, nodes, depth);
    const { path } = this;
    return (value) => {
      if (!Array.isArray(value)) return undefined;
      let json = "[";
      for (let index = 0; index < value.length; index += 1) {
        path[depth] = index;
        let written = write(value[index]);
        if (written === undefined) {
          if (isNonNull) {
            if (value[index] == null) this.violated(depth, `an item of type ${String(bare)}`);
            return undefined;
          }
          written = "null";
        }
        json += index === 0 ? written : `,${written}`;
      }
      return `${json}]`;
    };
  }

  /** What is selected of an interface or union depends on the object's own type, so there is a writer for each. */
  private abstractWriter(type: GraphQLCompositeType, nodes: FieldNode[], depth: number): Write {
    const writers = new Map<unknown, Write>();
    const writerFor = (typename: unknown): Write => {
      const known = typeof typename === "string" ? this.schema.getType(typename) : type;
      const isKnown = isCompositeType(known) && isOfType(this.schema, known.name, type.name);
      const fields = isKnown ? this.operation.fieldsUnder(nodes, known.name) : NO_FIELDS;
      // By its interface it may go between subgraphs, but not to the client.
      const isTold = [...fields.values()].some(([node]) => node!.name.value === "__typename");
      if (!isKnown || (isTold && !isObjectType(known)))
        return () => (this.violated(depth - 1, "an object of an unknown type", true), undefined);
      return this.objectWriter(known, fields, depth);
    };
    return (value) => {
      if (typeof value !== "object" || value === null) return undefined;
      const typename = (value as Data).__typename;
      let write = writers.get(typename);
      if (write === undefined) writers.set(typename, (write = writerFor(typename)));
      return write(value);
    };
  }

  private leafWriter(type: GraphQLLeafType, depth: number): Write {
    if (isEnumType(type)) {
      const values = new Map<unknown, string>(
        type.getValues().map(({ name }) => [name, JSON.stringify(name)]),
      );
      return (value) => {
        const written = values.get(value);
        // A value that subgraphs know and clients may not.
        if (written === undefined && value != null)
          this.violated(depth, `a value of ${type.name}`, true);
        return written;
      };
    }
    if (!isScalarType(type)) return () => undefined;
    switch (type.name) {
      case "Int":
      case "Float":
      case "Boolean":
        return (value) => (isPlain(value) ? String(value) : undefined);
      case "String":
        return this.writeString;
      case "ID":
        return (value) => (isPlain(value) ? this.quote(String(value)) : undefined);
      default:
        return (value) =>
          typeof value === "string"
            ? this.quote(value)
            : value == null
              ? undefined
              : JSON.stringify(value);
    }
  }

  private readonly writeString: Write = (value) =>
    typeof value === "string" ? this.quote(value) : undefined;

  private violated(depth: number, what: string, isOfValue = false): void {
    const message = `Cannot return null for non-nullable ${what}.`;
    this.violations.push({ path: this.path.slice(0, depth + 1), message, isOfValue });
  }
}

const NO_FIELDS: SelectedFields = new Map();

/** What is not there may be found all the same: every object has a `valueOf`. */
const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value !== "object" && value !== undefined && typeof value !== "function";
