import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Day } from "../calendar";
import { SECTORS, type Sector } from "../sector";

const agencyShape = z.object({
  id: z.string(),
  nameVi: z.string(),
  nameEn: z.string(),
  kind: z.string(),
  sector: z.enum(SECTORS).nullable(),
  unitCode: z.string().nullable(),
  validUntil: z.string().nullable(),
  successions: z.array(
    z.object({ to: z.string().nullable(), on: z.string().nullable(), duties: z.array(z.string()) }),
  ),
});
type Agency = z.infer<typeof agencyShape>;

const LEADING_KINDS = new Set(["DEPARTMENT", "ARMED_FORCES"]);

/**
 * Who the agencies are and who took over from whom, for questions of right: names, the day on which an agency ended, and to
 * which agency and sector its duties under the plan have passed. All of it is dated data of the agencies' reference file.
 */
export class AgencyDirectory {
  private readonly byId: ReadonlyMap<string, Agency>;

  constructor(agencies: readonly Agency[]) {
    this.byId = new Map(agencies.map((agency) => [agency.id, agency]));
  }

  /** Null: there is no such agency. */
  name(id: string, language: "vi" | "en"): string | null {
    const agency = this.byId.get(id);
    return agency ? (language === "vi" ? agency.nameVi : agency.nameEn) : null;
  }

  /** Whether the agency is known and has not ended by the day. */
  exists(id: string, day: Day): boolean {
    const agency = this.byId.get(id);
    return agency !== undefined && (agency.validUntil === null || day < agency.validUntil);
  }

  /** Those that are there on the day. */
  ids(day: Day): string[] {
    return [...this.byId.keys()].filter((id) => this.exists(id, day));
  }

  /** The sector whose data the agency keeps; null: none. */
  sectorOf(id: string): Sector | null {
    return this.byId.get(id)?.sector ?? null;
  }

  /** The provincial agency that keeps the sector's data on the day, or the one to which its duties have passed. */
  leadOf(sector: Sector, day: Day): string | null {
    const leads = [...this.byId.values()].filter(
      (agency) => agency.sector === sector && LEADING_KINDS.has(agency.kind),
    );
    const there = leads.find(({ id }) => this.exists(id, day));
    return there?.id ?? leads.flatMap(({ id }) => [...this.heirsOf(id, day)])[0] ?? null;
  }

  /** The code of the unit that it answers for; null: none is told. */
  unitOf(id: string): string | null {
    return this.byId.get(id)?.unitCode ?? null;
  }

  /** Agencies to which duties of this one have passed by the day, in any number of steps. */
  heirsOf(id: string, day: Day): Set<string> {
    const heirs = new Set<string>();
    const follow = (from: string) => {
      for (const { to, on, duties } of this.byId.get(from)?.successions ?? []) {
        if (to === null || on === null || on > day || duties.length === 0 || heirs.has(to))
          continue;
        heirs.add(to);
        follow(to);
      }
    };
    follow(id);
    heirs.delete(id);
    return heirs;
  }

  /** Sectors whose agencies hold the sector's duties on the day: its own, and those to which they have passed. */
  sectorsActingFor(sector: Sector, day: Day): Set<Sector> {
    const acting = new Set<Sector>([sector]);
    for (const { id, sector: own } of this.byId.values()) {
      if (own !== sector) continue;
      for (const heir of this.heirsOf(id, day)) {
        const heirSector = this.byId.get(heir)?.sector;
        if (heirSector) acting.add(heirSector);
      }
    }
    return acting;
  }
}

/** @throws when the agencies' reference file cannot be read or is not of its shape. */
export function readAgencyDirectory(path: string): AgencyDirectory {
  const file: unknown = JSON.parse(readFileSync(path, "utf8"));
  return new AgencyDirectory(z.object({ agencies: z.array(agencyShape) }).parse(file).agencies);
}
