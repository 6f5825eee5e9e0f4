import {
  institutionSdl,
  type InstitutionDesign,
} from "../foundation/institution/institution-subgraph";
import type { Sector } from "../foundation/sector";
import { RulingRecord } from "../foundation/indicator/ruling.record";
import { migrations } from "./database/migrations";
import { libraryDemonstration } from "./demonstration/library-demonstration";
import type { LibrariesEnvironment } from "./environment";
import { libraryIndicators } from "./indicator/library-indicators";
import { libraryMeasures } from "./library/library-measures";
import {
  LibraryKindRecord,
  LibraryPlacementRecord,
  LibraryRecord,
  LibraryReportRecord,
} from "./library/library.record";

/** What libraries are as rows and figures. Armed-forces libraries count, and are shown one by one only to the armed forces and auditors. */
export const librariesDesign: InstitutionDesign = {
  name: "libraries",
  sdl: () => institutionSdl(__dirname),
  names: {
    type: "Library",
    report: "LibraryReport",
    one: "library",
    many: "libraries",
    indicators: "libraryIndicators",
  },
  records: {
    institution: LibraryRecord,
    placement: LibraryPlacementRecord,
    kind: LibraryKindRecord,
    report: LibraryReportRecord,
  },
  otherRecords: [RulingRecord],
  migrations,
  figures: {
    institution: "library",
    placement: "library_placement",
    kind: "library_kind",
    report: "library_report",
    ruling: "ruling",
    conditions: { learning: "r.provides_lifelong_learning" },
    visits: "learning_visits",
  },
  indicators: libraryIndicators,
  protectedSectors: ["ARMED_FORCES"],
  entry: {
    idPrefix: "library",
    kindsBySector: {
      CULTURE: [
        "PROVINCIAL_PUBLIC",
        "DISTRICT_PUBLIC",
        "COMMUNE_PUBLIC",
        "SPECIALISED",
        "BOOK_COLLECTION",
        "COMMUNITY",
      ],
      EDUCATION: ["GENERAL_EDUCATION", "VOCATIONAL_EDUCATION", "OTHER_EDUCATION"],
      ARMED_FORCES: ["ARMED_FORCES"],
      LABOUR: ["VOCATIONAL_EDUCATION"],
    },
    book: libraryMeasures,
  },
  demonstration: libraryDemonstration,
};

/** Four owners, each with its own database and credentials, in the order in which answers name them. */
export function librariesDatabaseUrls(
  environment: LibrariesEnvironment,
): Map<Sector, string | undefined> {
  return new Map<Sector, string | undefined>([
    ["CULTURE", environment.LIBRARIES_CULTURE_DATABASE_URL],
    ["EDUCATION", environment.LIBRARIES_EDUCATION_DATABASE_URL],
    ["ARMED_FORCES", environment.LIBRARIES_ARMED_FORCES_DATABASE_URL],
    ["LABOUR", environment.LIBRARIES_LABOUR_DATABASE_URL],
  ]);
}
