import { culturalCentresDesign } from "../../subgraphs/cultural-centres/subgraph";
import {
  openSectorDatabases,
  createInstitutionSubgraph,
  readTerritory,
  type InstitutionDesign,
} from "../../subgraphs/foundation/institution/institution-subgraph";
import type { Sector } from "../../subgraphs/foundation/sector";
import { createSubgraphServer } from "../../subgraphs/foundation/serve-subgraph";
import { librariesDesign } from "../../subgraphs/libraries/subgraph";
import { museumsDesign } from "../../subgraphs/museums/subgraph";
import { agencies } from "../testkit/institutions";
import { auditor } from "../testkit/viewers";
import { readOwner, type Place } from "./raw-rows";
import {
  GROWTHS,
  readUnits,
  recountGrowth,
  recountShare,
  type Figure,
  type OwnerRows,
} from "./recount";

export interface Comparison {
  /** Indicator values compared, each with all of its fields. */
  compared: number;
  differences: string[];
}

const DESIGNS: Record<string, InstitutionDesign> = {
  libraries: librariesDesign,
  museums: museumsDesign,
  "cultural-centres": culturalCentresDesign,
};
const YEARS = [2022, 2023, 2024, 2025, 2026, 2027, 2028, 2029, 2030];
/** What the hub is asked for of each figure: all that is counted. */
export const FIELDS = `value numerator denominator reported unplaced lowerBound upperBound baseYear arithmeticMean
  shares { sector numerator denominator reported } missingSectors ruling { basis } demonstration`;

/** Asks the hub's subgraphs for every indicator of every unit, year and basis, and counts each again from the raw rows. */
export async function compareFigures(
  allPlaces: Record<string, Place[]>,
  { dataDirectory, referenceUnits }: { dataDirectory: string; referenceUnits: string },
): Promise<Comparison> {
  const units = readUnits(referenceUnits);
  const comparison: Comparison = { compared: 0, differences: [] };
  for (const [name, places] of Object.entries(allPlaces)) {
    const ask = await opened(DESIGNS[name]!, places, dataDirectory, referenceUnits);
    const owners = new Map<string, OwnerRows>();
    for (const place of places) owners.set(place.sector, await readOwner(place));
    for (const basis of ["APPROVED", "SUBMITTED"]) {
      for (const year of YEARS) {
        const answers = await ask.figures([...units.keys()], year, basis);
        for (const [unitId, figures] of answers) {
          for (const [code, answered] of figures) {
            const counted = GROWTHS.includes(code)
              ? recountGrowth(unitId, year, basis, owners, units)
              : recountShare(code, unitId, year, basis, owners, units);
            comparison.compared += 1;
            for (const difference of differencesOf(answered, counted)) {
              comparison.differences.push(`${code} ${unitId} ${year} ${basis} ${difference}`);
            }
          }
        }
      }
    }
    await ask.close();
  }
  return comparison;
}

export type Answered = Omit<Figure, "ruling"> & {
  missingSectors: string[];
  ruling: { basis: string } | null;
};

async function opened(
  design: InstitutionDesign,
  places: Place[],
  dataDirectory: string,
  referenceUnits: string,
) {
  const urls = new Map(places.map(({ sector, url }) => [sector as Sector, url]));
  const databases = openSectorDatabases(design, urls, dataDirectory, { deadlineMs: 60_000 });
  const subgraph = createInstitutionSubgraph(design, databases, {
    territory: readTerritory(referenceUnits),
    agencies,
    clock: () => new Date(),
  });
  const server = createSubgraphServer(subgraph);
  return {
    figures: async (unitIds: string[], year: number, basis: string) => {
      const response = await server.executeOperation(
        {
          query: `query ($units: [_Any!]!, $year: Int!, $basis: ReportBasis) { _entities(representations: $units) {
            ... on AdministrativeUnit { id figures: ${design.names.indicators}(year: $year, basis: $basis) { indicator { code } ${FIELDS} } } } }`,
          variables: {
            units: unitIds.map((id) => ({ __typename: "AdministrativeUnit", id })),
            year,
            basis,
          },
        },
        { contextValue: subgraph.createContext({ viewer: auditor, language: "en" }) },
      );
      if (response.body.kind !== "single" || response.body.singleResult.errors) {
        throw new Error(JSON.stringify(response.body));
      }
      const { _entities } = response.body.singleResult.data as unknown as {
        _entities: { id: string; figures: (Answered & { indicator: { code: string } })[] }[];
      };
      return _entities.map(
        ({ id, figures }) =>
          [
            id,
            figures.map(({ indicator, ...figure }) => [indicator.code, figure] as const),
          ] as const,
      );
    },
    close: async () => {
      for (const database of databases.values()) await database.close();
    },
  };
}

/** In which fields the two counts differ; floats may in what dividing leaves. */
export function differencesOf(answered: Answered, counted: Figure): string[] {
  const differences: string[] = [];
  const expect = (field: string, left: unknown, right: unknown) => {
    const near =
      typeof left === "number" && typeof right === "number" && Math.abs(left - right) < 1e-8;
    if (!near && left !== right) differences.push(`${field}: ${String(left)} / ${String(right)}`);
  };
  for (const field of [
    "value",
    "numerator",
    "denominator",
    "reported",
    "unplaced",
    "lowerBound",
    "upperBound",
    "baseYear",
    "arithmeticMean",
    "demonstration",
  ] as const) {
    expect(field, answered[field], counted[field]);
  }
  expect("ruling", answered.ruling?.basis ?? null, counted.ruling);
  expect("missingSectors", answered.missingSectors.join(), "");
  expect("shares", shareText(answered.shares), shareText(counted.shares));
  return differences;
}

function shareText(shares: Figure["shares"]): string {
  return shares
    .map((share) => `${share.sector} ${share.numerator}/${share.denominator} (${share.reported})`)
    .join("; ");
}
