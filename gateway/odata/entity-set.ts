import type { GraphQLSchema } from "graphql";
import { knownTables, type KnownTables } from "../rows/known-tables";
import type { Table } from "../rows/table";
import type { TrustedDocuments } from "../trusted-documents";
import { propertiesOf, type Property } from "./entity-type";

/** How a set is read from a known operation. */
interface SetDesign {
  name: string;
  /** Of one of its entities. */
  type: string;
  about: string;
  operation: string;
  lists: readonly string[];
  prefixes: Readonly<Record<string, string>>;
  key: readonly string[];
  /** The operation is asked once for each year of the plan so far, and the year is this property. */
  yearly?: string;
}

const figureList = (kind: string) => `administrativeUnits.${kind}Indicators`;

function institutionSets(field: string, type: string, plural: string, vi: string): SetDesign[] {
  const operation = type.replace(/(?<=[a-z])(?=[A-Z])/gu, "-").toLowerCase();
  const nodes = `${field}.nodes`;
  return [
    {
      name: plural,
      type,
      about: `${vi}. Institutions that the caller may see, each once.`,
      operation: `${operation}-reports`,
      lists: [nodes],
      prefixes: { [nodes]: "" },
      key: ["id"],
    },
    {
      name: `${type}Reports`,
      type: `${type}Report`,
      about: `Báo cáo của ${vi.toLowerCase()}. Every revision that counts, of every year.`,
      operation: `${operation}-reports`,
      lists: [`${nodes}.reports`],
      prefixes: { [nodes]: "institution", [`${nodes}.reports`]: "" },
      key: ["id"],
    },
  ];
}

const DESIGNS: readonly SetDesign[] = [
  {
    name: "Figures",
    type: "Figure",
    about:
      "Giá trị chỉ tiêu theo đơn vị và năm. The eleven indicators of every unit that is on a day (`asOf`, else today), for each year of the plan so far.",
    operation: "unit-figures",
    lists: ["library", "museum", "culturalCentre"].map(figureList),
    prefixes: { "administrativeUnits.indicatorValue": "", administrativeUnits: "unit" },
    key: ["unit_id", "indicator_code", "year"],
    yearly: "year",
  },
  ...institutionSets("libraries", "Library", "Libraries", "Thư viện"),
  ...institutionSets("museums", "Museum", "Museums", "Bảo tàng"),
  ...institutionSets(
    "culturalCentres",
    "CulturalCentre",
    "CulturalCentres",
    "Trung tâm văn hóa, nhà văn hóa",
  ),
  {
    name: "Units",
    type: "Unit",
    about: "Đơn vị hành chính. Those that are on a day (`asOf`, else today).",
    operation: "unit-list",
    lists: ["administrativeUnits"],
    prefixes: { administrativeUnits: "" },
    key: ["id"],
  },
  {
    name: "Agencies",
    type: "Agency",
    about: "Cơ quan. Those that are on a day (`asOf`, else today).",
    operation: "agency-list",
    lists: ["agencies"],
    prefixes: { agencies: "" },
    key: ["id"],
  },
  {
    name: "Indicators",
    type: "Indicator",
    about: "Chỉ tiêu của Kế hoạch.",
    operation: "indicator-list",
    lists: ["indicators"],
    prefixes: { indicators: "" },
    key: ["code"],
  },
  {
    name: "Milestones",
    type: "Milestone",
    about: "Mốc của chỉ tiêu: 2025, 2030.",
    operation: "indicator-list",
    lists: ["indicators.milestones"],
    prefixes: { indicators: "indicator", "indicators.milestones": "" },
    key: ["indicator_code", "year"],
  },
  {
    name: "Duties",
    type: "Duty",
    about: "Nhiệm vụ được giao.",
    operation: "duty-list",
    lists: ["duties"],
    prefixes: { duties: "" },
    key: ["id"],
  },
  {
    name: "DutyAgencies",
    type: "DutyAgency",
    about: "Cơ quan được giao nhiệm vụ, on a day (`asOf`, else today).",
    operation: "duty-list",
    lists: ["duties.agencies"],
    prefixes: { duties: "duty", "duties.agencies": "agency" },
    key: ["duty_id", "agency_id"],
  },
];

/** A list of entities, each with a key, as a known operation gives them. */
export interface EntitySet {
  name: string;
  type: string;
  about: string;
  document: KnownTables;
  table: Table;
  properties: readonly Property[];
  key: readonly Property[];
  yearly: Property | undefined;
  /** Variables of the operation that stand behind the `?` without a `$`. */
  options: readonly string[];
}

const known = new WeakMap<GraphQLSchema, ReadonlyMap<string, EntitySet>>();
const INTERNAL = new Set(["first", "after", "year"]);

/** The sets whose operations the gateway knows and the supergraph can answer, by name. */
export function entitySets(
  schema: GraphQLSchema,
  documents: TrustedDocuments,
): ReadonlyMap<string, EntitySet> {
  let found = known.get(schema);
  if (found === undefined) {
    const operations = knownTables(schema, documents);
    found = new Map(DESIGNS.flatMap((design) => readSet(operations, design)));
    known.set(schema, found);
  }
  return found;
}

function readSet(
  operations: ReadonlyMap<string, KnownTables>,
  design: SetDesign,
): [string, EntitySet][] {
  const document = operations.get(design.operation);
  if (document === undefined) return [];
  const { all, union, operation } = document.tables;
  const [list] = design.lists;
  const table =
    design.lists.length > 1 ? union(design.lists) : all.find(({ name }) => name === list);
  if (table === undefined) return [];
  const properties = propertiesOf(table, design.prefixes, design.key);
  const key = design.key.map((name) => properties.find((each) => each.name === name));
  if (key.includes(undefined)) return [];
  const { name, type, about } = design;
  const set: EntitySet = {
    name,
    type,
    about,
    document,
    table,
    properties,
    key: key as Property[],
    yearly: properties.find((each) => each.name === design.yearly),
    options: (operation.variableDefinitions ?? [])
      .map(({ variable }) => variable.name.value)
      .filter((option) => !INTERNAL.has(option)),
  };
  return [[name, set]];
}
