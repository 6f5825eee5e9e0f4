import type { IncomingHttpHeaders } from "node:http";
import {
  getNamedType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import type { Viewer } from "../access/viewer";

const MAX_CLIENTS = 100;
const MAX_OPERATIONS = 1000;
const SANE_NAME = /^[A-Za-z0-9][\w ./:-]{0,63}$/u;
const OTHER_CLIENTS = "other";

/**
 * By what name a client's use of fields is counted: what it calls itself (`apollographql-client-name`, or
 * `graphql-client-name`), else the agency of its token.
 */
export function clientName(headers: IncomingHttpHeaders, viewer: Viewer | null): string {
  const given = headers["apollographql-client-name"] ?? headers["graphql-client-name"];
  if (typeof given === "string" && SANE_NAME.test(given)) return given;
  return viewer?.agencyId ?? "anonymous";
}

/** The fields that a valid document selects, as `Type.field`, each once; of the schema's own, nothing. */
export function fieldsSelected(schema: GraphQLSchema, document: DocumentNode): readonly string[] {
  const fields = new Set<string>();
  const typeInfo = new TypeInfo(schema);
  const noteField = () => {
    const parent = typeInfo.getParentType();
    const field = typeInfo.getFieldDef();
    if (!parent || !field) return;
    const { name } = getNamedType(parent);
    if (!name.startsWith("__") && !field.name.startsWith("__")) fields.add(`${name}.${field.name}`);
  };
  visit(document, visitWithTypeInfo(typeInfo, { Field: { enter: noteField } }));
  return [...fields];
}

/** How often a client asked operations of the same fields. */
interface Asked {
  times: number;
}

/**
 * How often each client asked for each field. While requests are answered only whole operations are counted, by the list of
 * their fields, which is made once for each; the fields are added up when somebody reads.
 */
export class FieldUsage {
  private readonly asked = new Map<string, Map<readonly string[], Asked>>();
  private readonly totals = new Map<string, Map<string, number>>();

  /** @param fields the same list each time for the same operation. */
  count(client: string, fields: readonly string[]): void {
    let operations = this.asked.get(client);
    if (operations === undefined) {
      if (this.asked.size >= MAX_CLIENTS && client !== OTHER_CLIENTS)
        return this.count(OTHER_CLIENTS, fields);
      this.asked.set(client, (operations = new Map<readonly string[], Asked>()));
    }
    const known = operations.get(fields);
    if (known) known.times += 1;
    else {
      if (operations.size >= MAX_OPERATIONS) this.addUp(client, operations);
      operations.set(fields, { times: 1 });
    }
  }

  /** By client, then by field: how often it was asked for. */
  read(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    for (const [client, operations] of this.asked) this.addUp(client, operations);
    return this.totals;
  }

  private addUp(client: string, operations: Map<readonly string[], Asked>): void {
    let totals = this.totals.get(client);
    if (totals === undefined) this.totals.set(client, (totals = new Map<string, number>()));
    for (const [fields, { times }] of operations)
      for (const field of fields) totals.set(field, (totals.get(field) ?? 0) + times);
    operations.clear();
  }
}
