import {
  BreakingChangeType,
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  getLocation,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  NoDeprecatedCustomRule,
  parse,
  Source,
  specifiedRules,
  validate,
  type GraphQLSchema,
} from "graphql";

export interface OperationFile {
  path: string;
  text: string;
}

/** Where the committed file differs from what the subgraphs say, told by its first line that does. */
export function drift({
  path,
  composed,
  committed,
}: {
  path: string;
  composed: string;
  committed: string | null;
}): string[] {
  if (committed === composed) return [];
  const remedy = "chạy / run `npm run schema:compose`";
  if (committed === null) return [`${path}: chưa có / missing; ${remedy}`];
  const lines = committed.split("\n");
  const wanted = composed.split("\n");
  const line = wanted.findIndex((text, index) => text !== lines[index]);
  const at = line === -1 ? wanted.length : line;
  return [
    `${path}:${at + 1}: không khớp với các phân hệ / differs from the subgraphs; ${remedy}` +
      `\n    - ${lines[at] ?? "(end of file)"}\n    + ${wanted[at] ?? "(end of file)"}`,
  ];
}

/** Who asked for a field, by `Type.field`. */
export type FieldUsage = ReadonlyMap<string, ReadonlySet<string>>;

/** What clients were told beforehand would go: its deprecation named a day, and the day has passed. */
const REMOVAL_DAY = /Removed after (\d{4}-\d{2}-\d{2})/u;

/** The day that a deprecation names; null when it names none. */
export function removalDay(reason: string | null | undefined): string | null {
  return REMOVAL_DAY.exec(reason ?? "")?.[1] ?? null;
}

/**
 * Changes after which a client's query may fail (`breaking`) or mean something else (`dangerous`). Taking away what was
 * deprecated until a day that has passed is no breach of the contract. Where it is known who uses which field, a change to
 * one that nobody uses is only told (`unused`), and any other names who does.
 */
export function breakingChanges(
  before: string,
  after: string,
  today: string,
  usage?: FieldUsage,
): { breaking: string[]; dangerous: string[]; unused: string[] } {
  const old = buildSchema(before);
  const next = buildSchema(after);
  const breaking = findBreakingChanges(old, next).filter(
    ({ type, description }) =>
      !description.startsWith("Standard scalar ") && !wasAnnounced(old, type, description, today),
  );
  const judged = breaking.map(({ type, description }) => ({
    told: `${type}: ${description}`,
    clients: usage && clientsOf(old, usage, type, description),
  }));
  return {
    breaking: judged.flatMap(({ told, clients }) => {
      if (clients?.length === 0) return [];
      return clients ? `${told} Đang dùng / Used by: ${clients.join(", ")}` : told;
    }),
    unused: judged.filter(({ clients }) => clients?.length === 0).map(({ told }) => told),
    dangerous: findDangerousChanges(old, next).map(
      ({ type, description }) => `${type}: ${description}`,
    ),
  };
}

/** Changes that touch nobody but who selects the field which they are about. */
const OF_A_FIELD: ReadonlySet<BreakingChangeType> = new Set([
  BreakingChangeType.FIELD_REMOVED,
  BreakingChangeType.FIELD_CHANGED_KIND,
  BreakingChangeType.ARG_REMOVED,
  BreakingChangeType.ARG_CHANGED_KIND,
  BreakingChangeType.REQUIRED_ARG_ADDED,
]);

/** Who would notice the change; undefined where the use of fields does not tell: of inputs, values and types. */
function clientsOf(
  old: GraphQLSchema,
  usage: FieldUsage,
  type: BreakingChangeType,
  description: string,
): string[] | undefined {
  const [field = "", owner = ""] = /\b(\w+)\.\w+/u.exec(description) ?? [];
  if (!OF_A_FIELD.has(type) || isInputObjectType(old.getType(owner))) return undefined;
  return [...(usage.get(field) ?? [])].sort();
}

function wasAnnounced(
  old: GraphQLSchema,
  type: BreakingChangeType,
  description: string,
  today: string,
): boolean {
  if (
    type !== BreakingChangeType.FIELD_REMOVED &&
    type !== BreakingChangeType.VALUE_REMOVED_FROM_ENUM
  )
    return false;
  const [member, owner] =
    type === BreakingChangeType.FIELD_REMOVED
      ? (/^(\S+)\.(\S+) was removed/u.exec(description)?.slice(1).reverse() ?? [])
      : (/^(\S+) was removed from enum type (\S+?)\.$/u.exec(description)?.slice(1) ?? []);
  const day = removalDay(reasonOf(old, owner ?? "", member ?? ""));
  return day !== null && day < today;
}

function reasonOf(schema: GraphQLSchema, owner: string, member: string): string | null | undefined {
  const type = schema.getType(owner);
  if (isEnumType(type)) return type.getValue(member)?.deprecationReason;
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))
    return type.getFields()[member]?.deprecationReason;
  return undefined;
}

/** What is wrong in the operations that clients rely on, each with its file, line and operation. */
export function operationProblems(hub: GraphQLSchema, files: readonly OperationFile[]): string[] {
  const rules = [...specifiedRules, NoDeprecatedCustomRule];
  return files.flatMap(({ path, text }) => {
    try {
      const document = parse(new Source(text, path));
      const names = document.definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value] : [],
      );
      const name = names[0] ?? "?";
      if (names.length !== 1 || names[0] === undefined)
        return [`${path}: needs one operation, and a name for it`];
      return validate(hub, document, rules).map((error) => tell(path, name, error));
    } catch (error) {
      if (error instanceof GraphQLError) return [tell(path, "?", error)];
      throw error;
    }
  });
}

function tell(
  path: string,
  name: string,
  { message, nodes, source, positions }: GraphQLError,
): string {
  const loc = nodes?.[0]?.loc;
  const where = loc ? getLocation(loc.source, loc.start) : undefined;
  const at = where ?? (source && positions ? getLocation(source, positions[0] ?? 0) : undefined);
  return `${path}:${at?.line ?? 1} (${name}): ${message}`;
}
