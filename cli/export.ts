import { createWriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import { dayInVietnam } from "../subgraphs/foundation/calendar";
import {
  recordColumns,
  recordRows,
  type RecordKind,
} from "../subgraphs/foundation/institution/exchange/record-sheets";
import { restoreRecords } from "../subgraphs/foundation/institution/exchange/restore";
import {
  FIGURE_COLUMNS,
  figureRows,
} from "../subgraphs/foundation/institution/exchange/figure-rows";
import {
  institutionHouse,
  readTerritory,
} from "../subgraphs/foundation/institution/institution-subgraph";
import { Ledger } from "../subgraphs/foundation/ledger/ledger";
import { readAgencyDirectory } from "../subgraphs/foundation/rights/agency-directory";
import { Rights } from "../subgraphs/foundation/rights/rights";
import { ANONYMOUS } from "../subgraphs/foundation/rights/caller";
import type { SheetColumn } from "../subgraphs/foundation/sheet/columns";
import { EXCEL_CSV, PLAIN_CSV, writeCsv } from "../subgraphs/foundation/sheet/write-csv";
import { writeWorkbook } from "../subgraphs/foundation/sheet/write-workbook";
import { commandCaller, readSector, readYear } from "./command-caller";
import { withHubDatabases, type HubDatabases } from "./hub-databases";
import { institutionsOf, ownerOf, SUBGRAPHS, tellProblem } from "./owner";

type ExportWhat = RecordKind | "indicators";

/** `hub export`: rows of an owner's records, or of the indicators, as CSV or a workbook. */
export function exportCommand(): Command {
  return new Command("export")
    .description("Xuất cơ sở, báo cáo hoặc chỉ tiêu / Export institutions, reports or indicators")
    .argument("<what>", "institutions, reports, indicators")
    .requiredOption("--subgraph <name>", SUBGRAPHS)
    .option("--sector <sector>", "ngành / sector (institutions, reports)")
    .option("--year <year>", "năm / year (indicators)")
    .requiredOption("--out <file>", "tệp .csv hoặc .xlsx / file")
    .option(
      "--excel",
      "CSV cho Excel Việt Nam: BOM, dấu ; và dấu phẩy thập phân / CSV as Excel in Việt Nam opens it",
    )
    .action(
      async (
        what: ExportWhat,
        options: {
          subgraph: string;
          sector?: string;
          year?: string;
          out: string;
          excel?: boolean;
        },
      ) => {
        await withHubDatabases(async (hub) => {
          const { columns, rows } = whatToExport(hub, what, options);
          const count = await writeRows(columns, rows, options.out, options.excel ?? false);
          console.log(`${options.out}: ${count} dòng / rows`);
        });
      },
    );
}

/** `hub restore`: reads an export back into an empty database. */
export function restoreCommand(): Command {
  return new Command("restore")
    .description("Đọc lại bản xuất vào nơi còn trống / Read an export back into an empty database")
    .argument("<what>", "institutions, reports")
    .argument("<file>", "tệp / file")
    .requiredOption("--subgraph <name>", SUBGRAPHS)
    .requiredOption("--sector <sector>", "ngành / sector")
    .action(
      async (what: RecordKind, file: string, options: { subgraph: string; sector: string }) => {
        requireOneOf(what, ["institutions", "reports"]);
        const sector = readSector(options.sector)!;
        await withHubDatabases(async (hub) => {
          const { design, databases } = ownerOf(hub, options.subgraph, sector);
          const { viewer } = await commandCaller(hub.settings, sector, "STEWARD");
          const { agencyId, subject } = viewer!;
          const territory = readTerritory(hub.settings.REFERENCE_UNITS);
          // A whole owner's records are its steward's over the whole province.
          const role = new Rights(
            viewer,
            readAgencyDirectory(hub.settings.REFERENCE_AGENCIES),
            territory,
            dayInVietnam(new Date()),
          ).require(["STEWARD"], { sectors: [sector], agencies: [], places: [], placed: true });
          const database = databases.get(sector)!;
          const house = {
            ...design,
            database,
            territory,
            sector,
            ledger: new Ledger(database, () => new Date()),
            author: { agencyId, subject, role },
          };
          const bytes = await readFile(file);
          const { written, problems } = await restoreRecords(house, what, bytes, basename(file));
          problems.forEach(tellProblem);
          if (problems.length > 0) process.exitCode = 1;
          console.log(`${written} dòng / rows`);
        });
      },
    );
}

function whatToExport(
  hub: HubDatabases,
  what: ExportWhat,
  options: { subgraph: string; sector?: string; year?: string },
): { columns: readonly SheetColumn[]; rows: AsyncIterable<Record<string, unknown>> } {
  requireOneOf(what, ["institutions", "reports", "indicators"]);
  if (what === "indicators") {
    const { design, databases } = institutionsOf(hub, options.subgraph);
    const house = institutionHouse(design, databases, {
      territory: readTerritory(hub.settings.REFERENCE_UNITS),
      agencies: readAgencyDirectory(hub.settings.REFERENCE_AGENCIES),
      clock: () => new Date(),
    });
    const thisYear = Number(dayInVietnam(new Date()).slice(0, 4));
    const years = options.year
      ? [readYear(options.year)!]
      : Array.from({ length: thisYear - 2021 }, (_, index) => 2022 + index);
    // What anybody may read: an export is passed on.
    return { columns: FIGURE_COLUMNS, rows: figureRows(house, ANONYMOUS, years) };
  }
  const sector = readSector(options.sector);
  if (sector === null) throw new Error("--sector: cần nêu ngành / name the sector");
  const { design, databases } = ownerOf(hub, options.subgraph, sector);
  return {
    columns: recordColumns(what, design.entry.book),
    rows: recordRows(what, databases.get(sector)!, design.records),
  };
}

async function writeRows(
  columns: readonly SheetColumn[],
  rows: AsyncIterable<Record<string, unknown>>,
  out: string,
  isExcel: boolean,
): Promise<number> {
  let count = 0;
  const counted = (async function* () {
    for await (const row of rows) {
      count += 1;
      yield row;
    }
  })();
  if (extname(out) === ".xlsx") {
    const all: Record<string, unknown>[] = [];
    for await (const row of counted) all.push(row);
    await writeFile(out, await writeWorkbook([{ name: "Dữ liệu", columns, rows: all }], {}));
  } else {
    const layout = isExcel ? EXCEL_CSV : PLAIN_CSV;
    await pipeline(Readable.from(writeCsv(columns, counted, layout)), createWriteStream(out));
  }
  return count;
}

function requireOneOf(what: string, known: readonly string[]): void {
  if (!known.includes(what)) throw new Error(`${what}? ${known.join(", ")}`);
}
