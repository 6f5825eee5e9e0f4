import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  isInputObjectType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  type GraphQLField,
} from "graphql";
import { createAgencyTasksSubgraph } from "../../../subgraphs/agency-tasks/subgraph";
import { agencies, territory } from "../../testkit/institutions";
import { Database } from "../../../subgraphs/foundation/database";

const subgraph = createAgencyTasksSubgraph({
  database: new Database({ name: "none", file: "none", records: [], migrations: [] }),
  territory,
  agencies,
  askHub: () => Promise.reject(new Error("no hub is running")),
  clock: () => new Date(0),
});
const schema = buildSubgraphSchema({
  typeDefs: subgraph.typeDefs,
  resolvers: subgraph.resolvers as never,
});
const ours = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !/^(_|link__|federation__)/u.test(type.name),
);

const ROOTS = new Set(["Query", "Mutation"]);

describe("the SDL of agency-tasks", () => {
  it("describes every type, value, root field, argument and nullable field", () => {
    const silent: string[] = [];
    const require = (coordinate: string, described: { description?: string | null }) => {
      if (!described.description) silent.push(coordinate);
    };
    for (const type of ours) {
      if (isScalarType(type) && /^(ID|Int|Float|String|Boolean)$/u.test(type.name)) continue;
      if (!ROOTS.has(type.name)) require(type.name, type);
      if ("getValues" in type)
        for (const value of type.getValues()) require(`${type.name}.${value.name}`, value);
      if (!isObjectType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (field.name.startsWith("_")) continue;
        if (ROOTS.has(type.name) || !isNonNullType(field.type))
          require(`${type.name}.${field.name}`, field);
        for (const argument of (field as GraphQLField<unknown, unknown>).args ?? [])
          require(`${type.name}.${field.name}(${argument.name}:)`, argument);
      }
    }
    expect(silent).toEqual([]);
  });

  it("says what null means of every nullable field of an object", () => {
    const unsaid = ours.filter(isObjectType).flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ name, type: field }) => !isNonNullType(field) && !name.startsWith("_"))
        .filter(({ description }) => !description?.includes("Null"))
        .map(({ name }) => `${type.name}.${name}`),
    );
    expect(unsaid).toEqual([]);
  });

  it("names the desk to call", () => {
    const directives = subgraph.typeDefs.definitions.flatMap((node) =>
      node.kind === Kind.SCHEMA_EXTENSION ? (node.directives ?? []) : [],
    );
    expect(directives.filter(({ name }) => name.value === "contact")).toHaveLength(1);
  });
});
