import { Rights } from "../../rights/rights";
import type { Caller } from "../../rights/caller";
import { SECTOR_NAMES, type Sector } from "../../sector";
import { readTables } from "../../sheet/read-tables";
import { SheetRefused, type ReadLimits } from "../../sheet/sheet-problem";
import { markErrors } from "../../sheet/write-workbook";
import type { InstitutionHouse } from "../institution-context";
import { requireReporter } from "./exchange-rights";
import { readReportFile } from "./read-import";
import { ReportImport, type ImportOptions, type ImportResult } from "./report-import";

export interface FileAsk extends ImportOptions {
  bytes: Uint8Array;
  fileName: string;
  /** Null: as the file says. */
  sector: Sector | null;
  year: number | null;
  limits?: ReadLimits;
}

export interface FileAnswer extends ImportResult {
  sector: Sector;
  /** A copy of the file with its errors in it; null when there are none. */
  marked: Buffer | null;
}

/**
 * Imports a file of reports on the caller's behalf.
 * @throws SheetRefused when it is no such file, UNAUTHENTICATED or FORBIDDEN when the caller may not report for the sector.
 */
export async function importReportFile(
  house: InstitutionHouse,
  { viewer }: Caller,
  ask: FileAsk,
): Promise<FileAnswer> {
  const { territory, agencies, records, entry, ledgers } = house;
  const today = house.today();
  const rights = new Rights(viewer, agencies, territory, today);
  // Nobody's file is even opened: reading it is work.
  requireReporter(rights, ask.sector);
  const file = readReportFile(ask.bytes, ask.fileName, house, ask, ask.limits);
  const role = requireReporter(rights, file.sector);
  const ledger = ledgers.get(file.sector);
  if (ledger === undefined) {
    throw new SheetRefused(
      "NOT_FOR_THIS",
      `${house.name} không giữ báo cáo của ngành ${SECTOR_NAMES[file.sector]}.`,
      `${house.name} keeps no reports of sector ${file.sector}.`,
    );
  }
  const author = { agencyId: viewer!.agencyId, subject: viewer!.subject, role };
  const work = new ReportImport({ records, entry, territory, today }, ledger, rights, author);
  const result = await work.run(file, ask);
  const isWrong = result.problems.some(({ severity }) => severity === "ERROR");
  return {
    ...result,
    sector: file.sector,
    // Read anew: while rows are judged and written, the file's cells need not be in memory.
    marked: isWrong ? await markErrors(tablesOf(ask), result.problems) : null,
  };
}

const tablesOf = ({ bytes, fileName, limits }: FileAsk) =>
  readTables(bytes, fileName, limits).tables;
