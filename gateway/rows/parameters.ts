import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  typeFromAST,
  getVariableValues,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import type { DocumentTables, Table } from "./table";

export interface RowsQuestion {
  variables: Readonly<Record<string, unknown>>;
  table: Table;
  /** Undefined: columns are headed by their names. */
  labels: "vi" | "en" | undefined;
  /** For Excel as it is set up in Việt Nam: a byte order mark, semicolons, decimal commas. */
  isForExcel: boolean;
  /** Give what there is, and say in each row what is missing. */
  mayBePartial: boolean;
}

/** What the address asks for cannot be done. */
export class WrongParameters extends Error {
  /** In Vietnamese and in English. */
  readonly words: readonly [string, string];

  constructor(vietnamese: string, english: string) {
    super(`${vietnamese} / ${english}`);
    this.words = [vietnamese, english];
  }
}

const OWN = ["list", "labels", "excel", "partial"] as const;
/** As many as one page may hold. */
const PAGE_SIZE = 100;

/** Reads what stands behind the `?`. @throws WrongParameters that says what is accepted. */
export function readParameters(
  schema: GraphQLSchema,
  tables: DocumentTables,
  given: URLSearchParams,
): RowsQuestion {
  const labels = oneOf(given, "labels", ["vi", "en"]);
  return {
    variables: readVariables(schema, tables.operation, given, OWN),
    table: readTable(tables, given.get("list")),
    labels,
    isForExcel: oneOf(given, "excel", ["0", "1"]) === "1",
    mayBePartial: oneOf(given, "partial", ["0", "1"]) === "1",
  };
}

function oneOf<Value extends string>(
  given: URLSearchParams,
  name: string,
  accepted: readonly Value[],
): Value | undefined {
  const value = given.get(name);
  if (value === null) return undefined;
  const found = accepted.find((one) => one === value);
  if (found !== undefined) return found;
  const list = accepted.join(", ");
  throw new WrongParameters(
    `Tham số ${name} nhận một trong: ${list}.`,
    `The parameter ${name} takes one of: ${list}.`,
  );
}

function readTable({ main, all, union }: DocumentTables, list: string | null): Table {
  if (list === null) return main;
  const found = list.includes(",")
    ? union(list.split(","))
    : all.find((table) => table.name === list);
  if (found) return found;
  const names = all.map(({ name }) => name).join(", ");
  throw new WrongParameters(
    `Không có danh sách “${list}”; các danh sách: ${names}. Có thể nối nhiều danh sách cùng kiểu, cùng cấp bằng dấu phẩy.`,
    `There is no list “${list}”; the lists are: ${names}. Several of one type beside each other may be joined by commas.`,
  );
}

/**
 * The operation's variables from the address's parameters, read as their types say. Pages are as large as they may be,
 * unless the address says otherwise.
 * @throws WrongParameters
 */
export function readVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: URLSearchParams,
  others: readonly string[],
): Record<string, unknown> {
  const types = new Map(
    variableDefinitions.map(({ variable, type }) => [
      variable.name.value,
      typeFromAST(schema, type as never) as GraphQLInputType,
    ]),
  );
  const unknown = [...given.keys()].filter((name) => !types.has(name) && !others.includes(name));
  if (unknown.length > 0) {
    const names = [...types.keys(), ...others].join(", ");
    throw new WrongParameters(
      `Không có tham số ${unknown.join(", ")}; các tham số: ${names}.`,
      `There is no parameter ${unknown.join(", ")}; the parameters are: ${names}.`,
    );
  }
  const variables: Record<string, unknown> = {};
  for (const [name, type] of types) {
    const values = given.getAll(name);
    if (values.length > 0) variables[name] = valueOf(name, type, values);
  }
  if (types.has("first") && variables.first === undefined) variables.first = PAGE_SIZE;
  const { errors } = getVariableValues(schema, variableDefinitions, variables);
  if (errors?.length) {
    const wrong = errors.map(({ message }) => message.replace(/\.$/u, "")).join("; ");
    throw new WrongParameters(`Tham số sai: ${wrong}.`, `Wrong parameters: ${wrong}.`);
  }
  return variables;
}

function valueOf(name: string, type: GraphQLInputType, values: readonly string[]): unknown {
  if (isNonNullType(type)) return valueOf(name, type.ofType, values);
  if (isListType(type)) {
    const items = values.flatMap((value) => value.split(","));
    return items.map((item) => valueOf(name, type.ofType, [item]));
  }
  if (values.length > 1)
    throw new WrongParameters(
      `Tham số ${name} chỉ nhận một giá trị.`,
      `The parameter ${name} takes one value.`,
    );
  const text = values[0]!;
  if (isInputObjectType(type)) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new WrongParameters(
        `Tham số ${name} phải là JSON.`,
        `The parameter ${name} must be JSON.`,
      );
    }
  }
  if (isEnumType(type)) return text;
  if (type.name === "Int" || type.name === "Float")
    return /^-?\d+(\.\d+)?$/u.test(text) ? Number(text) : text;
  if (type.name === "Boolean")
    return { true: true, "1": true, false: false, "0": false }[text] ?? text;
  return text;
}
