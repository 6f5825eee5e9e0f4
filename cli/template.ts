import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { writeReportTemplate } from "../subgraphs/foundation/institution/exchange/template";
import { readTerritory } from "../subgraphs/foundation/institution/institution-subgraph";
import { readSector, readYear } from "./command-caller";
import { withHubDatabases } from "./hub-databases";
import { ownerOf, SUBGRAPHS } from "./owner";

/** `hub template`: a workbook to be filled in. */
export function templateCommand(): Command {
  return new Command("template")
    .description("Lập mẫu báo cáo .xlsx để điền / Make a workbook of reports to be filled in")
    .argument("<subgraph>", SUBGRAPHS)
    .requiredOption("--sector <sector>", "ngành / sector, such as EDUCATION")
    .requiredOption("--year <year>", "năm báo cáo / year of the reports")
    .requiredOption("--out <file>", "tệp .xlsx")
    .action(async (subgraph: string, options: { sector: string; year: string; out: string }) => {
      const sector = readSector(options.sector)!;
      await withHubDatabases(async (hub) => {
        const { design, databases } = ownerOf(hub, subgraph, sector);
        const territory = readTerritory(hub.settings.REFERENCE_UNITS);
        const house = { ...design, territory };
        const year = readYear(options.year)!;
        const bytes = await writeReportTemplate(house, databases.get(sector)!, sector, year);
        await writeFile(options.out, bytes);
        console.log(`${options.out}: ${sector}, ${year}`);
      });
    });
}
