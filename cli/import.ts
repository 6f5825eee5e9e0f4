import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { Command } from "commander";
import { importReportFile } from "../subgraphs/foundation/institution/exchange/file-import";
import { readAbout } from "../subgraphs/foundation/institution/exchange/read-import";
import {
  institutionHouse,
  readTerritory,
} from "../subgraphs/foundation/institution/institution-subgraph";
import { readAgencyDirectory } from "../subgraphs/foundation/rights/agency-directory";
import { readTables } from "../subgraphs/foundation/sheet/read-tables";
import { commandCaller, readSector, readYear } from "./command-caller";
import { withHubDatabases } from "./hub-databases";
import { ownerOf, SUBGRAPHS, tellProblem } from "./owner";
import { ProgressBar } from "./progress-bar";

interface ImportOptions {
  subgraph?: string;
  sector?: string;
  year?: string;
  submit?: boolean;
  dryRun?: boolean;
  errors?: string;
}

/** `hub import`: judges the whole file first, and writes it only when nothing is wrong. */
export function importCommand(): Command {
  return new Command("import")
    .description("Nhập báo cáo từ .xlsx hoặc .csv / Import reports from .xlsx or .csv")
    .argument("<file>", "tệp / file")
    .option("--subgraph <name>", `${SUBGRAPHS}; mặc định như tệp ghi / as the file says by default`)
    .option(
      "--sector <sector>",
      "ngành; mặc định như tệp ghi / sector; as the file says by default",
    )
    .option("--year <year>", "năm của dòng không ghi năm / year of rows that name none")
    .option("--submit", "nộp ngay sau khi nhập / submit what is imported")
    .option("--dry-run", "chỉ kiểm tra, không ghi / only judge, write nothing")
    .option("--errors <file>", "nơi ghi bản đánh dấu lỗi / where the copy with errors goes")
    .action(async (file: string, options: ImportOptions) => {
      const bytes = await readFile(file);
      const about = readAbout(readTables(bytes, basename(file)));
      const sector = readSector(options.sector) ?? about.sector;
      const subgraph = options.subgraph ?? about.subgraph;
      if (subgraph === null || sector === null) {
        throw new Error(
          "Tệp không ghi phân hệ và ngành: cần --subgraph và --sector. / The file names no subgraph and sector: --subgraph and --sector are needed.",
        );
      }
      await withHubDatabases(async (hub) => {
        const { design, databases } = ownerOf(hub, subgraph, sector);
        const caller = await commandCaller(hub.settings, sector, "REPORTER");
        const house = institutionHouse(design, databases, {
          territory: readTerritory(hub.settings.REFERENCE_UNITS),
          agencies: readAgencyDirectory(hub.settings.REFERENCE_AGENCIES),
          clock: () => new Date(),
        });
        const run = async (dryRun: boolean, title: string) => {
          const bar = new ProgressBar(title);
          const answer = await importReportFile(house, caller, {
            bytes,
            fileName: basename(file),
            sector,
            year: readYear(options.year),
            submit: options.submit ?? false,
            dryRun,
            tell: (done, all) => bar.show(done, all),
          });
          bar.end();
          return answer;
        };
        const judged = await run(true, "Kiểm tra / Judging");
        judged.problems.forEach(tellProblem);
        const counts = `${judged.rows} dòng / rows: ${judged.created} mới / new, ${judged.changed} thay đổi / changed, ${judged.unchanged} giữ nguyên / unchanged`;
        if (judged.marked) {
          const marked = options.errors ?? file.replace(/(\.[a-z]+)?$/iu, "-loi.xlsx");
          await writeFile(marked, judged.marked);
          const wrong = judged.problems.filter(({ severity }) => severity === "ERROR").length;
          console.error(
            `${wrong} lỗi, không ghi gì / errors, nothing written. Bản đánh dấu / Marked copy: ${marked}`,
          );
          process.exitCode = 1;
          return;
        }
        console.log(counts);
        if (options.dryRun || judged.created + judged.changed === 0) return;
        await run(false, "Ghi / Writing");
        console.log(options.submit ? "Đã nộp / Submitted" : "Đã lưu nháp / Saved as drafts");
      });
    });
}
