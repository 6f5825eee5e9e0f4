import type { EntityManager } from "typeorm";
import type { Day } from "../../calendar";
import { problem, tooLong, type Problem } from "../../entry/problem";
import type { AgencyDirectory } from "../../rights/agency-directory";
import type { Sector } from "../../sector";
import type { Territory } from "../../territory/territory";
import type {
  InstitutionRecord,
  IntervalRecord,
  KindRecord,
  PlacementRecord,
} from "../institution.record";
import type { InstitutionRecords } from "../institution.repository";
import type { MeasureBook } from "./measures";

/** What a subgraph of institutions says about how they are entered. */
export interface EntryDesign {
  /** `library`: the beginning of every id. */
  idPrefix: string;
  /** The kinds that each owner may register; left out where institutions have one kind only. */
  kindsBySector?: Partial<Record<Sector, readonly string[]>>;
  book: MeasureBook;
}

/** What the acts of entry stand on. */
export interface EntryHouse {
  records: InstitutionRecords;
  design: EntryDesign;
  territory: Territory;
  agencies: AgencyDirectory;
  today: Day;
  /** Whether the subgraph's owners keep rulings. */
  hasRulings: boolean;
}

/** An institution with its history, as a writer finds it. */
export interface Whole {
  institution: InstitutionRecord;
  placements: PlacementRecord[];
  kinds: KindRecord[];
}

export async function readWhole(
  manager: EntityManager,
  { institution, placement, kind }: InstitutionRecords,
  id: string,
): Promise<Whole | null> {
  const found = await manager.findOneBy(institution, { id });
  if (!found) return null;
  const byOrdinal = { where: { institutionId: id }, order: { ordinal: "ASC" as const } };
  return {
    institution: found,
    placements: await manager.find(placement, byOrdinal),
    kinds: kind ? await manager.find(kind, byOrdinal) : [],
  };
}

/** The interval that holds now: the last one. */
export function current<Interval extends IntervalRecord>(
  intervals: readonly Interval[],
): Interval | undefined {
  return intervals.at(-1);
}

export const notFound = (path: readonly string[]): Problem =>
  problem("NOT_FOUND", path, [
    "Không có bản ghi nào mang mã định danh này.",
    "There is no record with this id.",
  ]);

/** A reason that is stored: 1 to 500 characters. */
export function reasonProblems(reason: string, path: readonly string[]): Problem[] {
  if (reason.trim().length === 0) {
    return [problem("REQUIRED", path, ["Cần nêu lý do.", "A reason is needed."])];
  }
  return tooLong(reason, 500, path);
}
