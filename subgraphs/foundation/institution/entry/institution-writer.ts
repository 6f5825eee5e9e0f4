import type { Role, Viewer } from "../../../../access/viewer";
import type { Day } from "../../calendar";
import { DatabaseUnavailable } from "../../database";
import type { Command, Ledger, LedgerWrite, Outcome } from "../../ledger/ledger";
import type { AgencyDirectory } from "../../rights/agency-directory";
import type { Sector } from "../../sector";
import type { Territory } from "../../territory/territory";
import type { InstitutionRecords } from "../institution.repository";
import { sectorOfId } from "../institution-registry";
import { sectorIsSilent } from "../sector-ask";
import type { EntryDesign, EntryHouse } from "./entry-house";
import { InstitutionEntry } from "./institution-entry";
import { IntervalEntry } from "./interval-entry";
import { ReportEntry } from "./report-entry";
import { RulingEntry } from "./ruling-entry";

interface WriterHouse {
  ledgers: ReadonlyMap<Sector, Ledger>;
  records: InstitutionRecords;
  entry: EntryDesign;
  hasRulings: boolean;
  territory: Territory;
  agencies: AgencyDirectory;
}

/** What one caller does to the owners' databases: every act goes through the owner's ledger. */
export class InstitutionWriter {
  readonly institutions: InstitutionEntry;
  readonly intervals: IntervalEntry;
  readonly reports: ReportEntry;
  readonly rulings: RulingEntry;

  constructor(
    private readonly house: WriterHouse,
    private readonly viewer: Viewer | null,
    today: Day,
  ) {
    const { records, entry: design, territory, agencies, hasRulings } = house;
    const entryHouse: EntryHouse = { records, design, territory, agencies, hasRulings, today };
    this.institutions = new InstitutionEntry(entryHouse);
    this.intervals = new IntervalEntry(entryHouse);
    this.reports = new ReportEntry(entryHouse);
    this.rulings = new RulingEntry(entryHouse);
  }

  /** Whose database a write is about: as its input says, or the only one that there is. */
  ownerOf({ sector, id }: { sector?: Sector | null; id?: string | null }): Sector {
    return sector ?? (id == null ? null : sectorOfId(id)) ?? [...this.house.ledgers.keys()][0]!;
  }

  /**
   * Does the work in the sector's database under the role that let the caller in.
   * @throws SUBGRAPH_UNAVAILABLE when the owner does not answer; nothing was written then.
   */
  async write<Answer>(
    sector: Sector,
    role: Role,
    command: Command,
    work: (write: LedgerWrite) => Promise<Outcome<Answer>>,
  ): Promise<Outcome<Answer>> {
    const { agencyId, subject } = this.viewer!;
    try {
      return await this.house.ledgers
        .get(sector)!
        .write({ agencyId, subject, role }, command, work);
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw sectorIsSilent(sector);
      throw error;
    }
  }
}
