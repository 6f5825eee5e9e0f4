import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isUnionType,
  type GraphQLAbstractType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";

export interface RandomOperation {
  query: string;
  variables: Record<string, unknown>;
}

export interface OperationShape {
  schema: GraphQLSchema;
  /** Values that mean something to the data, by the argument's name; anything else is made up. */
  values: Readonly<Record<string, readonly unknown[]>>;
  /** Fields never asked for, as `Type.field`. */
  without?: ReadonlySet<string>;
  /** Fields never asked for below one another, as `Type.field`: each of the things they list has such lists again. */
  once?: ReadonlySet<string>;
  maxDepth: number;
  /** Whether some fragments are deferred. */
  defers?: boolean;
}

/**
 * Turns a list of numbers into an operation: each choice takes the next number, and when there are none left the shortest
 * way to an end is taken. So fewer and smaller numbers are a smaller operation, which is what shrinking needs.
 */
export function operationFrom(shape: OperationShape, numbers: readonly number[]): RandomOperation {
  return new Operation(shape, numbers).build();
}

class Operation {
  private next = 0;
  private aliases = 0;
  private labels = 0;
  /** Whether it is below one of the fields that stand nowhere below one another. */
  private isBelowOnce = false;
  private readonly variables: Record<string, unknown> = {};
  private readonly declared: string[] = [];
  private readonly fragments: string[] = [];

  constructor(
    private readonly shape: OperationShape,
    private readonly numbers: readonly number[],
  ) {}

  build(): RandomOperation {
    const selection = this.selection(this.shape.schema.getQueryType()!, 0);
    const declared = this.declared.length > 0 ? `(${this.declared.join(", ")})` : "";
    const query = [`query Random${declared} ${selection}`, ...this.fragments].join("\n");
    return { query, variables: this.variables };
  }

  private choose(below: number): number {
    const number = this.numbers[this.next];
    this.next += 1;
    return number === undefined ? 0 : number % below;
  }

  private get isSpent(): boolean {
    return this.next >= this.numbers.length;
  }

  /** `possible`: what an object here can be, given all conditions around it; a fragment on anything else is never written. */
  private selection(
    type: GraphQLCompositeType,
    depth: number,
    possible = this.possible(type),
  ): string {
    const count = this.isSpent ? 1 : 1 + this.choose(5);
    const parts: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const part = this.part(type, depth, possible);
      if (part) parts.push(part);
    }
    return `{ ${parts.length > 0 ? parts.join(" ") : "__typename"} }`;
  }

  private part(
    type: GraphQLCompositeType,
    depth: number,
    possible: readonly GraphQLObjectType[],
  ): string | undefined {
    const kind = this.choose(10);
    if (kind === 1) return `${this.alias()}__typename`;
    if (depth > 0 && depth < this.shape.maxDepth && (kind >= 8 || isUnionType(type)))
      return this.fragment(possible, depth);
    if (isUnionType(type)) return "__typename";
    return this.field(type, depth);
  }

  private possible(type: GraphQLCompositeType): readonly GraphQLObjectType[] {
    return isAbstractType(type) ? this.shape.schema.getPossibleTypes(type) : [type];
  }

  private fragment(own: readonly GraphQLObjectType[], depth: number): string {
    const { schema } = this.shape;
    const around = Object.values(schema.getTypeMap()).filter(
      (other): other is GraphQLAbstractType =>
        isAbstractType(other) && own.some((possible) => schema.isSubType(other, possible)),
    );
    const on = this.pick<GraphQLCompositeType>([...own, ...around]);
    const left = this.possible(on).filter((type) => own.includes(type));
    const selection = this.selection(on, depth + 1, left);
    if (this.choose(4) === 3) {
      const name = `F${this.fragments.length}`;
      this.fragments.push(`fragment ${name} on ${on.name} ${selection}`);
      return `...${name}${this.condition()}${this.deferral()}`;
    }
    return `... on ${on.name}${this.condition()}${this.deferral()} ${selection}`;
  }

  private field(type: GraphQLCompositeType, depth: number): string | undefined {
    if (!("getFields" in type)) return undefined;
    const { without, once, maxDepth } = this.shape;
    const isOnce = ({ name }: { name: string }) => once?.has(`${type.name}.${name}`) === true;
    const all = Object.values(type.getFields()).filter(
      (field) =>
        without?.has(`${type.name}.${field.name}`) !== true && !(this.isBelowOnce && isOnce(field)),
    );
    const isLeaf = (field: GraphQLField<unknown, unknown>) => isLeafType(getNamedType(field.type));
    const leaves = all.filter(isLeaf);
    const fields = depth >= maxDepth || (this.isSpent && leaves.length > 0) ? leaves : all;
    if (fields.length === 0) return undefined;
    const field = this.pick(fields);
    const below = getNamedType(field.type);
    const given = field.args.map((argument) => this.argument(argument)).filter(Boolean);
    const told = given.length > 0 ? `(${given.join(", ")})` : "";
    const other = this.pick(all).name;
    // A name that means another field to whoever plans without looking: a key, or what a field requires.
    const alias =
      this.choose(10) === 9 && other !== field.name
        ? `${other}: `
        : given.length > 0 || this.choose(5) === 4
          ? this.alias(true)
          : "";
    const head = `${alias}${field.name}${told}${this.condition()}`;
    if (isLeafType(below)) return head;
    const wasBelowOnce = this.isBelowOnce;
    this.isBelowOnce ||= isOnce(field);
    const selection = this.selection(below as GraphQLCompositeType, depth + 1);
    this.isBelowOnce = wasBelowOnce;
    return `${head} ${selection}`;
  }

  private alias(isNeeded = this.choose(2) === 1): string {
    return isNeeded ? `a${++this.aliases}: ` : "";
  }

  private condition(): string {
    const kind = this.choose(12);
    if (kind < 10) return "";
    const directive = kind === 10 ? "include" : "skip";
    if (this.choose(3) === 1) return ` @${directive}(if: ${this.choose(2) === 1})`;
    const name = `b${this.choose(3)}`;
    if (!(name in this.variables)) {
      this.declared.push(`$${name}: Boolean!`);
      this.variables[name] = this.choose(2) === 1;
    }
    return ` @${directive}(if: $${name})`;
  }

  private deferral(): string {
    if (this.shape.defers !== true) return "";
    const kind = this.choose(6);
    if (kind < 3) return ` @defer(label: "d${(this.labels += 1)}")`;
    if (kind === 3) return "";
    if (kind === 4) return ` @defer`;
    const name = `b${this.choose(3)}`;
    if (!(name in this.variables)) {
      this.declared.push(`$${name}: Boolean!`);
      this.variables[name] = this.choose(2) === 1;
    }
    return ` @defer(if: $${name})`;
  }

  private argument({ name, type, defaultValue }: GraphQLArgument): string | undefined {
    const isRequired = isNonNullType(type) && defaultValue === undefined;
    if (!isRequired && this.choose(2) === 0) return undefined;
    const value = this.value(name, type);
    if (value === undefined) return undefined;
    if (this.choose(2) === 0) return `${name}: ${literal(value, type)}`;
    return `${name}: $${this.variable(value, type, isRequired)}`;
  }

  /** Its name; it is given, null, left out, or has a default of its own. */
  private variable(value: unknown, type: GraphQLInputType, isRequired: boolean): string {
    const name = `v${this.declared.length}`;
    const kind = this.choose(6);
    if (kind < 3 || (isRequired && kind < 5)) {
      this.declared.push(`$${name}: ${String(type)}`);
      this.variables[name] = value;
      return name;
    }
    const told = isNonNullType(type) ? type.ofType : type;
    const mayBeNull = told === type;
    this.declared.push(
      `$${name}: ${String(told)}${kind === 5 ? ` = ${literal(value, type)}` : ""}`,
    );
    const given = kind === 5 ? this.choose(3) : kind;
    if (given === 1) this.variables[name] = value;
    if ((given === 2 || given === 3) && mayBeNull) this.variables[name] = null;
    return name;
  }

  private value(name: string, type: GraphQLInputType): unknown {
    if (isNonNullType(type)) return this.value(name, type.ofType);
    if (isListType(type)) {
      const item = this.value(name, type.ofType);
      // JSON would make null of it, and the executors be told different things.
      if (item === undefined) throw new Error(`values: nothing for ${name}`);
      return [item];
    }
    const known = this.shape.values[name];
    if (known) return this.pick(known);
    if (isEnumType(type)) return this.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const chosen = fields.filter((field) => isNonNullType(field.type) || this.choose(3) === 1);
      return Object.fromEntries(
        chosen.map((field) => [field.name, this.value(field.name, field.type)]),
      );
    }
    switch (type.name) {
      case "Boolean":
        return this.choose(2) === 1;
      case "Int":
        return this.choose(5);
      default:
        return undefined;
    }
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[this.choose(items.length)]!;
  }
}

function literal(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(value, type.ofType);
  if (value === null || value === undefined) return "null";
  if (isListType(type))
    return `[${(value as unknown[]).map((item) => literal(item, type.ofType)).join(", ")}]`;
  if (isEnumType(type)) return value as string;
  if (isInputObjectType(type)) {
    const fields = type.getFields();
    const told = Object.entries(value).map(
      ([name, inner]) => `${name}: ${literal(inner, fields[name]!.type)}`,
    );
    return `{ ${told.join(", ")} }`;
  }
  return JSON.stringify(value);
}
