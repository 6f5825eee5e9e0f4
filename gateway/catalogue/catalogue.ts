import type { IncomingMessage } from "node:http";
import { askDocument } from "../ask-document";
import { entitySets } from "../odata/entity-set";
import { createRequestContext } from "../request-context";
import { knownTables } from "../rows/known-tables";
import { readVariables } from "../rows/parameters";
import type { RowsParts } from "../rows/rows-endpoint";
import type { Subgraph } from "../subgraph/subgraph";
import { DATASETS, type DatasetDesign } from "./datasets";
import { lastPublished } from "./last-published";
import type { PublicVersions } from "./public-version";

export interface Distribution {
  address: string;
  mediaType: string;
  /** `CSV`, `JSON`, `XLSX`, `OData`. */
  format: string;
  /** Undefined: of every year. */
  year: number | undefined;
}

export interface CatalogueParts extends RowsParts {
  publicVersions: PublicVersions;
}

/** A public dataset as it stands. */
export interface Dataset extends DatasetDesign {
  publisherName: string;
  distributions: readonly Distribution[];
  /** Moves with what it is made from, as far as everybody may know of that; undefined where an owner does not say. */
  version: string | undefined;
  /** When it last changed for everybody, in UTC; undefined where that is not known. */
  modifiedAt: string | undefined;
}

export interface Catalogue {
  address: string;
  licence: string | undefined;
  /** The mail address for questions. */
  contact: string | undefined;
  publisherName: string;
  datasets: readonly Dataset[];
}

const FORMATS = [
  ["CSV", "csv", "text/csv"],
  ["JSON", "json", "application/json"],
  ["XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
] as const;
/** The last year of the plan. */
const LAST_YEAR = 2030;

/** What is public of the hub: the datasets whose operations it knows, with the ways to them. */
export async function readCatalogue(
  parts: CatalogueParts,
  request: IncomingMessage,
): Promise<Catalogue> {
  const address = parts.addressFor(request);
  const year = Math.min(new Date().getUTCFullYear() - 1, LAST_YEAR);
  const names = await agencyNames(parts, request);
  const nameOf = (id: string) => names.get(id) ?? id;
  const datasets: Dataset[] = [];
  const asked = new Map<string, ReturnType<typeof lastPublished>>();
  const timeOf = (subgraph: Subgraph) => {
    const known = asked.get(subgraph.name) ?? lastPublished(subgraph);
    asked.set(subgraph.name, known);
    return known;
  };
  for (const design of DATASETS) {
    const distributions = distributionsOf(parts, design, address, year);
    if (distributions.length === 0) continue;
    const subgraphs = subgraphsOf(parts, design, year);
    const said = await Promise.all(
      subgraphs.map(async (subgraph) => {
        const { text } = await subgraph.dataVersions();
        return { text, publishedAt: await timeOf(subgraph) };
      }),
    );
    const version = parts.publicVersions.of(said);
    const times = said.map(({ publishedAt }) => publishedAt);
    const modifiedAt = times.includes(undefined) ? undefined : latest(times);
    const publisherName = nameOf(design.publisher);
    datasets.push({ ...design, publisherName, distributions, version, modifiedAt });
  }
  const publisherName = nameOf("agency:ubnd-tinh");
  const { dataLicence: licence, dataContact: contact } = parts;
  return { address, licence, contact, publisherName, datasets };
}

function distributionsOf(
  { gateway, documents }: RowsParts,
  { rows, sets }: DatasetDesign,
  address: string,
  year: number,
): Distribution[] {
  const operations = knownTables(gateway.apiSchema, documents);
  const known = entitySets(gateway.apiSchema, documents);
  return [
    ...rows
      .filter(({ operation }) => operations.has(operation))
      .flatMap(({ operation, list, isYearly }) =>
        FORMATS.map(([format, ending, mediaType]) => {
          const query = new URLSearchParams({ ...(isYearly && { year: String(year) }), list });
          const text = query.toString().replaceAll("%2C", ",");
          return {
            address: `${address}/rows/${operation}.${ending}?${text}`,
            mediaType,
            format,
            year: isYearly ? year : undefined,
          };
        }),
      ),
    ...sets
      .filter((name) => known.has(name))
      .map((name) => ({
        address: `${address}/odata/${name}`,
        mediaType: "application/json",
        format: "OData",
        year: undefined,
      })),
  ];
}

const latest = (times: readonly (string | null | undefined)[]): string | undefined =>
  times
    .flatMap((time) => time ?? [])
    .sort()
    .at(-1);

/** What a dataset is made from; empty where that is not known. */
function subgraphsOf(
  { gateway, documents }: RowsParts,
  { rows }: DatasetDesign,
  year: number,
): readonly Subgraph[] {
  const operation = knownTables(gateway.apiSchema, documents).get(rows[0]!.operation);
  if (operation === undefined) return [];
  const given = new URLSearchParams(rows[0]!.isYearly ? { year: String(year) } : {});
  const { text: query, tables } = operation;
  const variables = readVariables(gateway.apiSchema, tables.operation, given, []);
  return gateway.start({ query, operationName: undefined, variables })?.subgraphs ?? [];
}

/** Names of agencies by id, as anybody may read them; none while nobody answers. */
async function agencyNames(
  parts: RowsParts,
  request: IncomingMessage,
): Promise<ReadonlyMap<string, string>> {
  const list = knownTables(parts.gateway.apiSchema, parts.documents).get("agency-list");
  if (list === undefined) return new Map();
  const { data } = await askDocument(parts, createRequestContext(request.headers), list.text, {});
  const agencies = (data?.agencies ?? []) as { id: string; name: string }[];
  return new Map(agencies.map(({ id, name }) => [id, name]));
}
