import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  parse,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { ROLES, type Role, type Viewer } from "../../access/viewer";
import { culturalCentresDesign } from "../../subgraphs/cultural-centres/subgraph";
import { SealedReportRecord } from "../../subgraphs/agency-tasks/sealed-report/sealed-report.record";
import type { Database } from "../../subgraphs/foundation/database";
import {
  enforceRights,
  fieldsWithoutStatement,
  protectedFields,
} from "../../subgraphs/foundation/rights/enforce-rights";
import { SECTORS, type Sector } from "../../subgraphs/foundation/sector";
import { librariesDesign } from "../../subgraphs/libraries/subgraph";
import { museumsDesign } from "../../subgraphs/museums/subgraph";
import { readGraphs } from "../../schema/graphs";
import { startAgencyTasks } from "../testkit/agency-tasks";
import { InstitutionsUnderTest, type Answer } from "../testkit/institutions";
import { inRole } from "../testkit/viewers";

/** A subgraph with records that the statements can be tried on. */
interface Trial {
  schema: GraphQLSchema;
  databases: Database[];
  ask(query: string, variables: object, viewer: Viewer | null): Promise<Answer>;
  /** Puts fresh records there; what the ids and enumerations in inputs are. */
  prepare(): Promise<Record<string, unknown>>;
  /** Somebody of the owner, with the role; and of another sector or agency. */
  own: Partial<Viewer>;
  foreign: Partial<Viewer>;
  stop(): Promise<void>;
}

const INSTITUTIONS = [
  { design: librariesDesign, sectors: SECTORS, kind: "COMMUNE_PUBLIC" },
  { design: museumsDesign, sectors: ["CULTURE"] as Sector[], kind: undefined },
  { design: culturalCentresDesign, sectors: ["CULTURE"] as Sector[], kind: "COMMUNE" },
];

async function institutions({ design, sectors, kind }: (typeof INSTITUTIONS)[number]) {
  const subgraph = await InstitutionsUnderTest.start(design, [...sectors]);
  const type = design.names.type;
  const trial: Trial = {
    schema: buildSubgraphSchema({ typeDefs: design.sdl() }),
    databases: [...subgraph.databases.values()],
    ask: (query, variables, viewer) =>
      subgraph.ask(query, variables as Record<string, unknown>, viewer),
    prepare: async () => {
      await subgraph.clear();
      const report = `${design.entry.idPrefix}-report:culture:r1`;
      const [id, other] = await subgraph.given(
        { kind, reports: [{ id: report, year: 2025, visits: 5, clubs: 5 }] },
        { kind },
      );
      return {
        [type]: id,
        [`${type}Report`]: report,
        merged: [{ id: other, version: 1 }],
        sector: "CULTURE",
        kind,
        class: kind,
      };
    },
    own: { sectors: ["CULTURE"] },
    foreign: { agencyId: "agency:so-gddt", sectors: ["EDUCATION"] },
    stop: () => subgraph.stop(),
  };
  return trial;
}

async function agencyTasks(): Promise<Trial> {
  const subgraph = await startAgencyTasks();
  const { typeDefs } = readGraphs().find(({ name }) => name === "agency-tasks")!;
  return {
    schema: buildSubgraphSchema({ typeDefs }),
    databases: [subgraph.database],
    ask: async (query, variables, viewer) => {
      const { data, errors } = await subgraph.ask(
        query,
        variables as Record<string, unknown>,
        viewer,
      );
      // A sealing goes on by itself, and fails here, where no hub is running.
      const isSealing = () =>
        subgraph.database.read((manager) =>
          manager.existsBy(SealedReportRecord, { state: "SEALING" }),
        );
      while (await isSealing()) await new Promise((told) => setTimeout(told, 5));
      return {
        data,
        errors: errors?.map(({ message, code }) => ({ message, extensions: { code } })),
      };
    },
    prepare: async () => {
      await subgraph.forget();
      return { dutyId: "duty:IV.1-1", agencyId: "agency:so-vhttdl", status: "DONE" };
    },
    own: {},
    foreign: { agencyId: "agency:so-gddt", sectors: ["EDUCATION"] },
    stop: () => subgraph.stop(),
  };
}

/** Something that the argument takes: what the records offer by its name, or the simplest of its kind. */
function example(type: GraphQLInputType, name: string, offers: Record<string, unknown>): unknown {
  if (isNonNullType(type)) return example(type.ofType, name, offers);
  if (offers[name] !== undefined) return offers[name];
  if (isListType(type)) return [];
  if (isInputObjectType(type)) {
    if (name === "unit") return { code: "03388" };
    const isAboutReport = type.name.includes("ReportStep");
    const inner = isAboutReport ? { ...offers, id: offers.report } : offers;
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type))
        .map((field) => [field.name, example(field.type, field.name, inner)]),
    );
  }
  if (isEnumType(type)) return type.getValues()[0]!.name;
  const simplest: Record<string, unknown> = {
    idempotencyKey: `thu-quyen-${Math.random().toString(36).slice(2, 12)}`,
    version: 1,
    year: 2025,
    on: "2026-01-01",
    classEndedOn: "2025-07-01",
  };
  return simplest[name] ?? "x";
}

async function everything(databases: Database[]): Promise<string> {
  const tables = await Promise.all(
    databases.map((database) =>
      database.read(async (manager) => {
        const records = manager.dataSource.entityMetadatas.map(({ target }) => target);
        return Promise.all(records.map((record) => manager.find(record as never)));
      }),
    ),
  );
  return JSON.stringify(tables);
}

const TRIALS: [string, () => Promise<Trial>][] = [
  ...INSTITUTIONS.map((each): [string, () => Promise<Trial>] => [
    each.design.name,
    () => institutions(each),
  ]),
  ["agency-tasks", agencyTasks],
];

describe.each(TRIALS)("What the SDL of %s says of rights", (_name, start) => {
  let trial: Trial;
  beforeAll(async () => {
    trial = await start();
  }, 60_000);
  afterAll(() => trial.stop());

  const callers = () => [
    { who: "nobody", viewer: null, role: null, isOwn: false },
    ...ROLES.flatMap((role) => [
      { who: `own ${role}`, viewer: inRole(role, trial.own), role, isOwn: true },
      { who: `foreign ${role}`, viewer: inRole(role, trial.foreign), role, isOwn: false },
    ]),
  ];
  const codesOf = ({ errors }: Answer) => (errors ?? []).map(({ extensions }) => extensions?.code);
  const expected = (roles: readonly Role[], role: Role | null, isOwn: boolean) => {
    if (role === null) return ["UNAUTHENTICATED"];
    return isOwn && roles.includes(role) ? [] : ["FORBIDDEN"];
  };

  it("leaves no mutation and no protected field without an owner and a role", () => {
    expect(fieldsWithoutStatement(trial.schema)).toEqual([]);
    expect(protectedFields(trial.schema).size).toBeGreaterThan(0);
  });

  it("holds for every mutation, every role, and owners and others; what is refused changes nothing", async () => {
    const mutations = trial.schema.getMutationType()!.getFields();
    for (const [coordinate, roles] of protectedFields(trial.schema)) {
      const [type, name] = coordinate.split(".") as [string, string];
      if (type !== "Mutation") continue;
      const input = mutations[name]!.args[0]!;
      const payload = getNamedType(mutations[name]!.type);
      const query = `mutation ($input: ${getNamedType(input.type).name}!) { ${name}(input: $input) { userErrors { code } } }`;
      expect(isCompositeType(payload)).toBe(true);
      for (const { who, viewer, role, isOwn } of callers()) {
        const records = await trial.prepare();
        const own = trial.schema.getType(getNamedType(input.type).name);
        const institution = Object.keys(records).find((key) => !key.endsWith("Report"))!;
        const offers = {
          ...records,
          id: records[institution],
          report: records[`${institution}Report`],
        };
        const before = await everything(trial.databases);

        const answer = await trial.ask(
          query,
          { input: example(own as never, "input", offers) },
          viewer,
        );

        const codes = expected(roles, role, isOwn);
        expect([coordinate, who, codesOf(answer)]).toEqual([coordinate, who, codes]);
        expect([coordinate, who, answer.data?.[name] !== null]).toEqual([
          coordinate,
          who,
          codes.length === 0,
        ]);
        if (codes.length > 0) expect(await everything(trial.databases)).toBe(before);
      }
    }
  }, 120_000);

  it("holds for every protected field, every role, and owners and others", async () => {
    for (const [coordinate, roles] of protectedFields(trial.schema)) {
      const [type, name] = coordinate.split(".") as [string, string];
      if (type === "Mutation") continue;
      const field = (trial.schema.getType(type) as GraphQLObjectType).getFields()[name]!;
      const given = field.args.length > 0 ? "(year: 2025)" : "";
      const selection = isCompositeType(getNamedType(field.type)) ? "{ __typename }" : "";
      const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${name}${given} ${selection} } } }`;
      const records = await trial.prepare();
      for (const { who, viewer, role, isOwn } of callers()) {
        const of = [{ __typename: type, id: records[type] }];

        const answer = await trial.ask(query, { of }, viewer);

        expect([coordinate, who, codesOf(answer)]).toEqual([
          coordinate,
          who,
          expected(roles, role, isOwn),
        ]);
      }
    }
  });
});

describe("A subgraph whose SDL says nothing of rights", () => {
  const RIGHTS = `enum AccessRole { STEWARD } enum Sector { CULTURE }
    directive @owner(sector: Sector, by: [String!], of: String, agency: String, units: [String!]) on FIELD_DEFINITION
    directive @needs(roles: [AccessRole!]!) on FIELD_DEFINITION | OBJECT
    type Query { fine: Int }`;

  it.each([
    ["of a mutation", "type Mutation { write: Int }", "Mutation.write"],
    [
      "of whose a mutation is",
      "type Mutation { write: Int @needs(roles: [STEWARD]) }",
      "Mutation.write",
    ],
    [
      "of a field that gives a protected type",
      "type Secret @needs(roles: [STEWARD]) { it: Int } extend type Query { secret: Secret }",
      "Query.secret",
    ],
  ])("%s does not start", (_what, sdl, coordinate) => {
    const schema = buildSubgraphSchema({ typeDefs: parse(`${RIGHTS} ${sdl}`) });

    expect(() => enforceRights(schema)).toThrow(coordinate);
  });
});
