import {
  GraphQLString,
  Kind,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type GraphQLNamedType,
} from "graphql";
import { labelsOf, unitOf, type Labels } from "./labels";
import { selectedFields, type SelectedField } from "./selected-field";

/** A leaf of the answer; its name is its path in the answer, and stays as long as the document says the same. */
export interface Column {
  name: string;
  labels: Labels;
  type: GraphQLNamedType;
  /** A list of values in one cell. */
  isList: boolean;
  unit: string | undefined;
  description: string | undefined;
}

/** A page of a longer list, that stands on the way to a table's rows. */
export interface Connection {
  /** In the answer, without the places in lists. */
  path: string;
  /** From the object of its level. */
  keys: readonly string[];
  /** Where it says that there is more; undefined where the document does not ask. */
  hasNextPage: readonly string[] | undefined;
  endCursor: readonly string[] | undefined;
  /** The variable that the next page is asked by; undefined where it cannot be asked for. */
  after: string | undefined;
  missingSectors: readonly string[] | undefined;
}

/** The objects of one list on the way to the rows; the first level is the answer itself. */
export interface Level {
  /** What each object of the level fills, by the column's place. */
  cells: readonly { at: number; keys: readonly string[] }[];
  /** Where the next list is; undefined at the last level. */
  next: readonly string[] | undefined;
  connections: readonly Connection[];
}

/** The way from the answer to the elements of one list. */
export interface TablePart {
  list: string;
  levels: readonly Level[];
  /** Where its cells stand in the answer, without the places in lists. */
  leaves: readonly string[];
}

/** One list of a document as rows; several lists of the same make may be one table. */
export interface Table {
  /** The path of its list; of several, with commas between. */
  name: string;
  columns: readonly Column[];
  parts: readonly TablePart[];
  /** The column that says from which of several lists a row comes. */
  listColumn: number | undefined;
}

/** Everything that a document's answer can be laid out as. */
export interface DocumentTables {
  operation: OperationDefinitionNode;
  /** The innermost list on the way along the first list of each level; without any list, the answer is one row. */
  main: Table;
  all: readonly Table[];
  /** Several lists of the document as one table, by their paths; undefined unless they are of the same make. */
  union: (lists: readonly string[]) => Table | undefined;
}

type Way = readonly SelectedField[];

/** The tables of a document that fits the schema. */
export function documentTables(schema: GraphQLSchema, document: DocumentNode): DocumentTables {
  const roots = selectedFields(schema, document);
  const ways: Way[] = [];
  const walk = (fields: readonly SelectedField[], way: Way) => {
    for (const field of fields) {
      if (field.children === undefined) continue;
      const further = [...way, field];
      if (field.isList) ways.push(further);
      walk(field.children, further);
    }
  };
  walk(roots, []);
  const whole = ways.filter(canBeWhole);
  const tables = new Map(whole.map((way) => [nameOf(way), tableOf(roots, way)]));
  const main = mainWay(whole);
  return {
    operation: document.definitions.find(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    )!,
    main: main ? tables.get(nameOf(main))! : tableOf(roots, []),
    all: tables.size > 0 ? [...tables.values()] : [tableOf(roots, [])],
    union: (lists) => {
      const found = lists.map((list) => whole.find((way) => nameOf(way) === list));
      if (found.includes(undefined) || found.length === 0) return undefined;
      return unionOf(roots, found as Way[]);
    },
  };
}

const nameOf = (way: Way): string => way.map(({ key }) => key).join(".");

/** Further pages of a list in a list have a cursor each; such a list is a table of its own only where it says that it ends. */
function canBeWhole(way: Way): boolean {
  return connectionsOn(way).every(({ hasNextPage }) => hasNextPage !== undefined);
}

const isPaged = (way: Way): boolean =>
  connectionsOn(way).some(({ after }, at, all) => after === undefined || all.length > at + 1);

function mainWay(ways: readonly Way[]): Way | undefined {
  let main: Way | undefined;
  for (;;) {
    const { length } = main ?? [];
    const within = ways.find(
      (way) =>
        way.length > length &&
        (main ?? []).every((field, at) => field === way[at]) &&
        (main === undefined || !isPaged(way)) &&
        way.slice(length, -1).every(({ isList }) => !isList),
    );
    if (within === undefined) return main;
    main = within;
  }
}

function connectionsOn(way: Way): Connection[] {
  return way.flatMap((field, at) => connectionOf(field, way, at) ?? []);
}

/** A field that brings a page of a list, by what the document asks of it. */
function connectionOf(field: SelectedField, way: Way, at: number): Connection | undefined {
  if (field.isList || !field.type.name.endsWith("Connection")) return undefined;
  const pageInfo = field.children?.find((child) => child.field?.name === "pageInfo");
  const said = (name: string) => {
    const child = pageInfo?.children?.find((one) => one.field?.name === name);
    return pageInfo && child ? [pageInfo.key, child.key] : undefined;
  };
  const start = way.slice(0, at).findLastIndex(({ isList }) => isList) + 1;
  const keys = way.slice(start, at + 1).map(({ key }) => key);
  const prefixed = (rest: string[] | undefined) => rest && [...keys, ...rest];
  const missing = field.children?.find((child) => child.field?.name === "missingSectors");
  const endCursor = prefixed(said("endCursor"));
  return {
    path: nameOf(way.slice(0, at + 1)),
    keys,
    hasNextPage: prefixed(said("hasNextPage")),
    endCursor,
    after: start === 0 && endCursor ? field.variables.get("after") : undefined,
    missingSectors: missing && [...keys, missing.key],
  };
}

interface Leaf {
  column: Column;
  keys: readonly string[];
}

/**
 * The leaves of objects that are one, not many; where a page stands in its list is no data.
 * @param since where the object of the level begins in the way, @param labelled from where on it has to be told in labels
 */
function leavesOf(
  fields: readonly SelectedField[],
  above: Way,
  since: number,
  labelled: number,
): Leaf[] {
  return fields.flatMap((field): Leaf[] => {
    const way = [...above, field];
    if (field.children) {
      const isAside = field.isList || field.type.name === "PageInfo";
      return isAside ? [] : leavesOf(field.children, way, since, labelled);
    }
    if (field.field?.name === "cursor" && above.at(-1)?.type.name.endsWith("Edge")) return [];
    return [{ column: columnOf(way, labelled), keys: way.slice(since).map(({ key }) => key) }];
  });
}

function columnOf(way: Way, labelled: number): Column {
  const leaf = way.at(-1)!;
  const said = way.slice(labelled).map(labelsOf);
  return {
    name: nameOf(way),
    labels: {
      vi: said.map(({ vi }) => vi).join(" › "),
      en: said.map(({ en }) => en).join(" › "),
    },
    type: leaf.type,
    isList: leaf.isList,
    unit: unitOf(leaf),
    description: leaf.field?.description ?? undefined,
  };
}

/** No two columns under one heading: the second says its name, too. */
function distinct(columns: readonly Column[]): Column[] {
  const told = { vi: new Set<string>(), en: new Set<string>() };
  const own = (label: string, language: keyof Labels, name: string) => {
    const text = told[language].has(label) ? `${label} (${name})` : label;
    told[language].add(text);
    return text;
  };
  return columns.map((column) => ({
    ...column,
    labels: {
      vi: own(column.labels.vi, "vi", column.name),
      en: own(column.labels.en, "en", column.name),
    },
  }));
}

function tableOf(roots: readonly SelectedField[], way: Way): Table {
  const columns: Column[] = [];
  const part = partOf(roots, way, ({ column }) => columns.push(column) - 1);
  return { name: nameOf(way), columns: distinct(columns), parts: [part], listColumn: undefined };
}

function partOf(
  roots: readonly SelectedField[],
  way: Way,
  place: (leaf: Leaf) => number,
): TablePart {
  const levels: Level[] = [];
  const leaves: string[] = [];
  let fields = roots;
  let since = 0;
  for (;;) {
    const at = way.findIndex(({ isList }, index) => index >= since && isList);
    // The rows' own cells need not say in each heading what the rows are.
    const cells = leavesOf(
      fields,
      way.slice(0, since),
      since,
      at < 0 ? since : Math.max(since - 1, 0),
    );
    leaves.push(...cells.map(({ column }) => column.name));
    const stretch = at < 0 ? [] : way.slice(since, at + 1);
    levels.push({
      cells: cells.map((leaf) => ({ at: place(leaf), keys: leaf.keys })),
      next: at < 0 ? undefined : stretch.map(({ key }) => key),
      connections: stretch.flatMap((field, step) => connectionOf(field, way, since + step) ?? []),
    });
    if (at < 0) return { list: nameOf(way), levels, leaves };
    fields = way[at]!.children!;
    since = at + 1;
  }
}

/** Lists of one type beside each other; their elements' columns are named after the type. */
function unionOf(roots: readonly SelectedField[], ways: readonly Way[]): Table | undefined {
  const [first] = ways;
  const element = first!.at(-1)!;
  const parent = nameOf(first!.slice(0, -1));
  const isLike = (way: Way) =>
    way.at(-1)!.type === element.type && nameOf(way.slice(0, -1)) === parent;
  if (!ways.every(isLike)) return undefined;
  const typeName = element.type.name.charAt(0).toLowerCase() + element.type.name.slice(1);
  const common = [...(parent === "" ? [] : [parent]), typeName].join(".");
  const columns: Column[] = [];
  const parts = ways.map((way) => {
    const own = nameOf(way);
    return partOf(roots, way, ({ column }) => {
      const isOwn = column.name.startsWith(`${own}.`);
      const name = isOwn ? `${common}${column.name.slice(own.length)}` : column.name;
      const at = columns.findIndex((known) => known.name === name);
      if (at >= 0) return at;
      return columns.push({ ...column, name }) - 1;
    });
  });
  const listColumn: Column = {
    name: `${common}.list`,
    labels: labelsOf({ key: "list", field: undefined }),
    type: GraphQLString,
    isList: false,
    unit: undefined,
    description: "Danh sách mà dòng thuộc về. The list that the row is from.",
  };
  return {
    name: ways.map(nameOf).join(","),
    columns: distinct([...columns, listColumn]),
    parts,
    listColumn: columns.length,
  };
}
