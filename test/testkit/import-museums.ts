import { importReportFile } from "../../subgraphs/foundation/institution/exchange/file-import";
import {
  institutionHouse,
  openSectorDatabases,
} from "../../subgraphs/foundation/institution/institution-subgraph";
import type { Sector } from "../../subgraphs/foundation/sector";
import { museumsDesign } from "../../subgraphs/museums/subgraph";
import { agencies, territory } from "./institutions";
import { viewer } from "./viewers";

/** Imports one large file; says when rows have begun to be written. */
export async function importMuseums(
  urls: Map<Sector, string | undefined>,
  folder: string,
  rows: number,
): Promise<void> {
  const databases = openSectorDatabases(museumsDesign, urls, folder);
  const clock = () => new Date("2026-11-23T03:00:00Z");
  const house = institutionHouse(museumsDesign, databases, { territory, agencies, clock });
  const lines = Array.from({ length: rows }, (_, index) => `M-${index};${index}`);
  let hasBegun = false;
  await importReportFile(
    house,
    { viewer: viewer(), language: "vi" },
    {
      bytes: Buffer.from(["Mã số;Lượt khách tham quan", ...lines].join("\n")),
      fileName: "lon.csv",
      sector: "CULTURE",
      year: 2025,
      submit: false,
      dryRun: false,
      tell: (done) => {
        if (done < 2000 || hasBegun) return;
        hasBegun = true;
        process.send!("writing");
      },
    },
  );
}
