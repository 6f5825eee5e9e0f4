import { GraphQLError } from "graphql";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n`;

const FIGURES = /* GraphQL */ `
  type IndicatorValue @shareable {
    indicator: Indicator
    value: Float
  }
  type Indicator @key(fields: "code", resolvable: false) {
    code: ID!
  }
`;

const UNITS: Record<string, { code: string; name: string; parent: string | null }> = {
  "unit:12": { code: "12", name: "Lai Châu", parent: null },
  "unit:03394": { code: "03394", name: "Sin Suối Hồ", parent: "unit:12" },
  "unit:03434": { code: "03434", name: "Than Uyên", parent: "unit:12" },
};
const AGENCIES: Record<string, string> = {
  "agency:svhttdl": "Sở Văn hóa",
  "agency:sgddt": "Sở Giáo dục",
};
const INDICATORS: Record<string, string> = {
  L1: "Thư viện tỉnh",
  M1: "Bảo tàng",
  C1: "Trung tâm văn hóa",
};

const unit = (id: string) => (UNITS[id] ? { id, ...UNITS[id] } : null);
const agency = (id: string) => (AGENCIES[id] ? { id, name: AGENCIES[id] } : null);
const figure = (code: string, value: number) => ({ indicator: { code }, value });

const LIBRARIES: Record<string, { name: string; seats: number | null; agency: { id: string } }> = {
  "library:tinh": { name: "Thư viện tỉnh", seats: 120, agency: { id: "agency:svhttdl" } },
  "library:thpt": { name: "Thư viện trường", seats: null, agency: { id: "agency:sgddt" } },
};
const MUSEUMS: Record<string, { name: string }> = { "museum:tinh": { name: "Bảo tàng tỉnh" } };
const CENTRES: Record<string, { name: string }> = {
  "cultural-centre:tinh": { name: "Trung tâm tỉnh" },
};

const one = <Row extends object>(rows: Record<string, Row>) => ({
  __resolveReference: ({ id }: { id: string }) => (rows[id] ? { id, ...rows[id] } : null),
});
const all = <Row extends object>(rows: Record<string, Row>) =>
  Object.entries(rows).map(([id, row]) => ({ id, ...row }));

/** What each tiny subgraph holds: enough of the hub's joins to go wrong in every way that they can. */
export const SMALL_SUBGRAPHS = {
  libraries: {
    sdl: `${LINK}${FIGURES}
      type Query { library(id: ID!): Library  libraries: [Library!]  brokenLibrary: Library }
      type Library @key(fields: "id") { id: ID!  name: String!  seats: Int  agency: Agency  curator: String }
      type Agency @key(fields: "id", resolvable: false) { id: ID! }
      extend type AdministrativeUnit @key(fields: "id") { id: ID!  libraryIndicators(year: Int): [IndicatorValue!] }`,
    resolvers: {
      Query: {
        library: (_: unknown, { id }: { id: string }) =>
          LIBRARIES[id] ? { id, ...LIBRARIES[id] } : null,
        libraries: () => all(LIBRARIES),
        brokenLibrary: () => ({
          id: "library:broken",
          name: "Thư viện",
          agency: { id: "agency:unknown" },
        }),
      },
      Library: {
        ...one(LIBRARIES),
        curator: () => {
          throw new GraphQLError("Không có quyền. / Not allowed.", {
            extensions: { code: "FORBIDDEN", sector: "CULTURE", stacktrace: ["at secret.ts:1"] },
          });
        },
      },
      AdministrativeUnit: {
        libraryIndicators: ({ id }: { id: string }) => [figure("L1", id.length)],
      },
    },
  },
  museums: {
    sdl: `${LINK}${FIGURES}
      type Query { museums: [Museum!] }
      type Museum @key(fields: "id") { id: ID!  name: String! }
      type AdministrativeUnit @key(fields: "id") { id: ID!  museumIndicators(year: Int): [IndicatorValue!] }`,
    resolvers: {
      Query: { museums: () => all(MUSEUMS) },
      Museum: one(MUSEUMS),
      AdministrativeUnit: { museumIndicators: () => [figure("M1", 100)] },
    },
  },
  "cultural-centres": {
    sdl: `${LINK}${FIGURES}
      type Query { culturalCentres: [CulturalCentre!] }
      type CulturalCentre @key(fields: "id") { id: ID!  name: String! }
      extend type AdministrativeUnit @key(fields: "id") {
        id: ID!
        culturalCentreIndicators(year: Int): [IndicatorValue!]
      }`,
    resolvers: {
      Query: { culturalCentres: () => all(CENTRES) },
      CulturalCentre: one(CENTRES),
      AdministrativeUnit: { culturalCentreIndicators: () => [figure("C1", 50)] },
    },
  },
  "agency-tasks": {
    sdl: `${LINK}
      type Query { administrativeUnit(code: ID!): AdministrativeUnit  records: [Record]  requiredUnit: AdministrativeUnit! }
      union Record = Library | Museum | Agency
      type Library @key(fields: "id", resolvable: false) { id: ID! }
      type Museum @key(fields: "id", resolvable: false) { id: ID! }
      type AdministrativeUnit @key(fields: "id") {
        id: ID!  code: ID!  name: String!  subdivisions: [AdministrativeUnit!]!
      }
      type Agency @key(fields: "id") { id: ID!  name: String! }
      type Indicator @key(fields: "code") { code: ID!  name: String! }`,
    resolvers: {
      Query: {
        administrativeUnit: (_: unknown, { code }: { code: string }) => {
          if (!/^\d+$/u.test(code))
            throw new GraphQLError("Mã sai. / Bad code.", { extensions: { code: "BAD_CODE" } });
          return unit(`unit:${code}`);
        },
        requiredUnit: () => unit("unit:12"),
        records: () => [
          { __typename: "Agency", id: "agency:sgddt", name: "Sở Giáo dục" },
          null,
          { __typename: "Museum", id: "museum:tinh" },
          { __typename: "Library", id: "library:tinh" },
          { __typename: "Library", id: "library:thpt" },
          { __typename: "Library", id: "library:tinh" },
        ],
      },
      AdministrativeUnit: {
        __resolveReference: ({ id }: { id: string }) => unit(id),
        subdivisions: ({ id }: { id: string }) =>
          Object.entries(UNITS).flatMap(([child, { parent }]) =>
            parent === id ? [unit(child)] : [],
          ),
      },
      Agency: { __resolveReference: ({ id }: { id: string }) => agency(id) },
      Indicator: {
        __resolveReference: ({ code }: { code: string }) =>
          INDICATORS[code] ? { code, name: INDICATORS[code] } : null,
      },
    },
  },
} as const;

export type SmallSubgraphName = keyof typeof SMALL_SUBGRAPHS;
