import { GraphQLError } from "graphql";
import { DatabaseUnavailable } from "../database";
import { SECTOR_NAMES, type Sector } from "../sector";

/** Why a sector's part is missing. */
export type SectorFaults = ReadonlyMap<Sector, DatabaseUnavailable>;

/**
 * Puts one question to every sector side by side. A sector whose database does not answer costs its own part and
 * nothing else; a mistake of ours (any other error) is thrown.
 */
export async function askSectors<Owner, Answer>(
  owners: ReadonlyMap<Sector, Owner>,
  question: (owner: Owner, sector: Sector) => Promise<Answer>,
): Promise<{ answers: Map<Sector, Answer>; faults: SectorFaults }> {
  const asked = [...owners];
  const settled = await Promise.allSettled(asked.map(([sector, owner]) => question(owner, sector)));
  const answers = new Map<Sector, Answer>();
  const faults = new Map<Sector, DatabaseUnavailable>();
  settled.forEach((result, index) => {
    const sector = asked[index]![0];
    if (result.status === "fulfilled") answers.set(sector, result.value);
    else if (result.reason instanceof DatabaseUnavailable) faults.set(sector, result.reason);
    else throw result.reason;
  });
  return { answers, faults };
}

/** What a caller is told who asked for something that only this owner can answer. */
export function sectorIsSilent(sector: Sector): GraphQLError {
  return new GraphQLError(
    `Cơ sở dữ liệu của ngành ${SECTOR_NAMES[sector]} không trả lời; hãy thử lại sau. / ` +
      `The database of sector ${sector} did not answer; try again later.`,
    { extensions: { code: "SUBGRAPH_UNAVAILABLE", sector, reason: "DATABASE" } },
  );
}
