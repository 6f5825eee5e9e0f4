import type { Row } from "../rows/flatten";
import { propertyNamed } from "./property-named";
import { bareLiteral, tokensOf, type Token } from "./filter-tokens";
import { notDone, wrong } from "./odata-error";
import type { EntitySet } from "./entity-set";
import { compare, FUNCTIONS, type Kind } from "./filter-functions";

/** A part of a filter: what it says of a row, and of which kind that is. */
interface Part {
  kind: Kind | "null";
  value: (row: Row) => unknown;
  /** Every one has to hold. */
  conjuncts?: readonly Part[];
  /** A property held against a value. */
  bound?: Bound;
}

interface Bound {
  at: number;
  operator: string;
  value: unknown;
}

export interface Filter {
  holds: (row: Row) => boolean;
  /** Whether any row can pass whose property at this place has the value. */
  mayHold: (at: number, value: number) => boolean;
}

const MAX_LENGTH = 4000;
const MAX_NESTED = 60;
const COMPARISONS = new Set(["eq", "ne", "gt", "ge", "lt", "le"]);
const NOT_DONE = new Set(["add", "sub", "mul", "div", "divby", "mod", "has"]);

/**
 * Reads `$filter`: comparisons, `in`, `and`, `or`, `not`, parentheses, `cast` and functions of text and days. Names of operators and
 * functions may be in capitals, as 4.01 has it.
 * @param aliases what the names beginning with `@` stand for.
 * @throws ODataError 400 for what is none, 501 for what the specification knows and this does not.
 */
export function readFilter(set: EntitySet, text: string, aliases: URLSearchParams): Filter {
  if (text.length > MAX_LENGTH)
    throw wrong(
      `$filter dài quá ${MAX_LENGTH} ký tự.`,
      `$filter is longer than ${MAX_LENGTH} characters.`,
    );
  const part = new FilterReader(set, tokensOf(text, aliases)).read();
  const bounds = (part.conjuncts ?? [part]).flatMap(({ bound }) => bound ?? []);
  return {
    holds: (row) => part.value(row) === true,
    mayHold: (at, value) =>
      bounds.every((bound) => bound.at !== at || compare(bound.operator, value, bound.value)),
  };
}

class FilterReader {
  private at = 0;
  private nested = 0;

  constructor(
    private readonly set: EntitySet,
    private readonly tokens: readonly Token[],
  ) {}

  read(): Part {
    const part = this.either();
    if (this.peek().type !== "end") throw this.unexpected();
    return truth(part);
  }

  private either(): Part {
    let left = this.both();
    while (this.takes("or")) {
      const [a, b] = [truth(left), truth(this.both())];
      left = { kind: "boolean", value: (row) => or(a.value(row), b.value(row)) };
    }
    return left;
  }

  private both(): Part {
    let left = this.comparison();
    while (this.takes("and")) {
      const [a, b] = [truth(left), truth(this.comparison())];
      const conjuncts = [...(a.conjuncts ?? [a]), ...(b.conjuncts ?? [b])];
      left = { kind: "boolean", value: (row) => and(a.value(row), b.value(row)), conjuncts };
    }
    return left;
  }

  private comparison(): Part {
    const left = this.unary();
    if (this.takes("in")) return this.among(left);
    const { type } = this.peek();
    const text = this.peek().text.toLowerCase();
    if (type === "word" && NOT_DONE.has(text)) throw notDone(`“${text}”`);
    if (type !== "word" || !COMPARISONS.has(text)) return left;
    this.at += 1;
    const right = this.unary();
    requireAlike(left, right, text);
    const bound = boundOf(left, text, right) ?? undefined;
    return {
      kind: "boolean",
      value: (row) => compare(text, left.value(row), right.value(row)),
      ...(bound && { bound }),
    };
  }

  private among(left: Part): Part {
    const listed = this.list();
    for (const each of listed) requireAlike(left, each, "in");
    return {
      kind: "boolean",
      value: (row) => listed.some((each) => compare("eq", left.value(row), each.value(row))),
    };
  }

  private unary(): Part {
    if (!this.takes("not")) return this.primary();
    const part = truth(this.deeper(() => this.unary()));
    return {
      kind: "boolean",
      value: (row) => {
        const value = part.value(row);
        return value === null ? null : value !== true;
      },
    };
  }

  private primary(): Part {
    const token = this.peek();
    this.at += 1;
    if (token.type === "(") {
      const part = this.deeper(() => this.either());
      this.expect(")");
      return part;
    }
    if (token.type === "value") {
      const { value, kind } = token;
      return { kind: kind, value: () => value, bound: { at: -1, operator: "", value } };
    }
    if (token.type !== "word") {
      this.at -= 1;
      throw this.unexpected();
    }
    if (this.peek().type === "(") return this.call(token.text.toLowerCase());
    return this.property(token.text);
  }

  /** What stands in parentheses, with commas between. */
  private list(): Part[] {
    this.expect("(");
    const given: Part[] = [];
    while (!this.takesSign(")")) {
      if (given.length > 0) this.expect(",");
      given.push(this.deeper(() => this.either()));
    }
    return given;
  }

  private cast(): Part {
    this.expect("(");
    const given = this.deeper(() => this.either());
    this.expect(",");
    const { type, text } = this.peek();
    if (type !== "word") throw this.unexpected();
    this.at += 1;
    this.expect(")");
    return castTo(text, given);
  }

  private call(name: string): Part {
    if (name === "cast") return this.cast();
    const called = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (called === undefined) throw notDone(`hàm / function ${name}()`);
    const given = this.list();
    const fits =
      given.length === called.takes.length &&
      given.every(({ kind }, at) => kind === "null" || called.takes[at]!.includes(kind));
    if (!fits)
      throw wrong(
        `Hàm ${name}() nhận: ${called.takes.join(", ")}.`,
        `The function ${name}() takes: ${called.takes.join(", ")}.`,
      );
    return {
      kind: called.gives,
      value: (row) => {
        const values = given.map((part) => part.value(row));
        return values.includes(null) ? null : called.of(...(values as never[]));
      },
    };
  }

  private property(name: string): Part {
    if (name.includes("/")) throw notDone(`đường dẫn / path ${name}`);
    const property = propertyNamed(this.set, name);
    if (property.isCollection) throw notDone(`lọc theo danh sách / filtering by the list ${name}`);
    const { at } = property;
    return {
      kind: KINDS[property.type],
      value: (row) => row[at],
      bound: { at, operator: "", value: undefined },
    };
  }

  private deeper<Read>(read: () => Read): Read {
    this.nested += 1;
    if (this.nested > MAX_NESTED)
      throw wrong("$filter lồng quá sâu.", "$filter is nested too deeply.");
    const found = read();
    this.nested -= 1;
    return found;
  }

  private takes(word: string): boolean {
    const { type, text } = this.peek();
    const isIt = type === "word" && text.toLowerCase() === word;
    if (isIt) this.at += 1;
    return isIt;
  }

  private takesSign(sign: string): boolean {
    const isIt = this.peek().type === sign;
    if (isIt) this.at += 1;
    return isIt;
  }

  private expect(sign: string): void {
    if (!this.takesSign(sign)) throw this.unexpected();
  }

  private peek(): Token {
    return this.tokens[this.at]!;
  }

  private unexpected() {
    const { type, text, place } = this.peek();
    const found = type === "end" ? "hết / the end" : `“${text}”`;
    return wrong(
      `$filter: không hiểu ${found} ở vị trí ${place + 1}.`,
      `$filter: ${found} at position ${place + 1} is not understood.`,
    );
  }
}

const KINDS: Readonly<Record<EntitySet["properties"][number]["type"], Kind>> = {
  "Edm.String": "text",
  "Edm.Int32": "number",
  "Edm.Double": "number",
  "Edm.Boolean": "boolean",
  "Edm.Date": "day",
  "Edm.DateTimeOffset": "instant",
};

/** @throws ODataError 501 for other types than the entities have. */
function castTo(type: string, { kind, value }: Part): Part {
  const wanted = Object.hasOwn(KINDS, type) ? KINDS[type as keyof typeof KINDS] : undefined;
  if (wanted === undefined) throw notDone(`cast(…, ${type})`);
  if (kind === wanted) return { kind, value };
  if (kind === "null" || wanted === "text")
    return { kind: wanted, value: (row) => textOrNull(value(row)) };
  if (kind !== "text") throw notDone(`cast(${kind}, ${type})`);
  return {
    kind: wanted,
    value: (row) => {
      const text = value(row);
      const literal = typeof text === "string" ? bareLiteral(text.trim()) : undefined;
      return literal?.kind === wanted ? literal.value : null;
    },
  };
}

const textOrNull = (value: unknown) =>
  typeof value === "string" || value === null ? value : JSON.stringify(value);

/** As a condition; a part that is none is a mistake. */
function truth(part: Part): Part {
  if (part.kind === "boolean" || part.kind === "null") return part;
  throw wrong(
    "$filter: cần một điều kiện, ví dụ value ge 50.",
    "$filter: a condition is needed, such as value ge 50.",
  );
}

function requireAlike(left: Part, right: Part, operator: string): void {
  const kinds = [left.kind, right.kind];
  const isOrder = operator !== "eq" && operator !== "ne";
  const isAlike = kinds[0] === kinds[1] || kinds.includes("null");
  if (isAlike && !(isOrder && kinds.includes("boolean"))) return;
  throw wrong(
    `$filter: không so sánh được ${kinds.join(" với ")} bằng ${operator}.`,
    `$filter: ${kinds.join(" and ")} cannot be compared by ${operator}.`,
  );
}

function boundOf({ bound: left }: Part, operator: string, { bound: right }: Part): Bound | null {
  const isHeld = left && right && left.operator === "" && left.at >= 0 && right.at === -1;
  return isHeld ? { at: left.at, operator, value: right.value } : null;
}

const and = (a: unknown, b: unknown) =>
  a === false || b === false ? false : a === null || b === null ? null : true;
const or = (a: unknown, b: unknown) =>
  a === true || b === true ? true : a === null || b === null ? null : false;
