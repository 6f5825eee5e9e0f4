import type { Sector } from "../subgraphs/foundation/sector";
import type { SheetProblem } from "../subgraphs/foundation/sheet/sheet-problem";
import type { HubDatabases, Institutions } from "./hub-databases";

/** For help texts. */
export const SUBGRAPHS = "libraries, museums, cultural-centres";

/** @throws when there is no such subgraph of institutions. */
export function institutionsOf({ institutions }: HubDatabases, subgraph: string): Institutions {
  const found = institutions.find(({ design }) => design.name === subgraph);
  if (found) return found;
  throw new Error(`Không có phân hệ / There is no subgraph ${subgraph}: ${SUBGRAPHS}`);
}

/** The same, when the sector keeps a database in it. @throws otherwise. */
export function ownerOf(hub: HubDatabases, subgraph: string, sector: Sector): Institutions {
  const found = institutionsOf(hub, subgraph);
  if (found.databases.has(sector)) return found;
  const known = [...found.databases.keys()].join(", ");
  throw new Error(`${subgraph}: không có ngành / has no sector ${sector}: ${known}`);
}

/** One problem of a file on one line of standard error. */
export function tellProblem({ severity, sheet, line, column, header, vi, en }: SheetProblem): void {
  const cell = line === null ? "" : ` ${column ?? ""}${line}`;
  const under = header === null ? "" : ` (${header})`;
  const mark = severity === "ERROR" ? "LỖI / ERROR" : "Lưu ý / Notice";
  console.error(`${mark} ${sheet}${cell}${under}: ${vi} / ${en}`);
}
