import type { Viewer } from "../../access/viewer";
import type { FileAsk } from "../../subgraphs/foundation/institution/exchange/file-import";
import type { InstitutionsUnderTest } from "./institutions";
import { inRole } from "./viewers";

export const reporter = inRole("REPORTER", { subject: "bao-cao" });

/** Imports a file of culture's reports of 2025, unless told otherwise; the libraries are looked up at each file. */
export const importInto =
  (libraries: () => InstitutionsUnderTest) =>
  (text: string | Uint8Array, more: Partial<FileAsk> = {}, viewer: Viewer | null = reporter) =>
    libraries().subgraph.importFile!(
      { viewer, language: "vi" },
      {
        bytes: typeof text === "string" ? Buffer.from(text) : text,
        fileName: "bao-cao.csv",
        sector: "CULTURE",
        year: 2025,
        submit: false,
        dryRun: false,
        ...more,
      },
    );

type Imported = Awaited<ReturnType<ReturnType<typeof importInto>>>;

export const counts = ({ rows, created, changed, unchanged, written }: Imported) => [
  rows,
  created,
  changed,
  unchanged,
  written,
];
