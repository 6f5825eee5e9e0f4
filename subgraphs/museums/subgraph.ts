import { bothOf } from "../foundation/indicator/figure.repository";
import {
  institutionSdl,
  type InstitutionDesign,
} from "../foundation/institution/institution-subgraph";
import type { Sector } from "../foundation/sector";
import { migrations } from "./database/migrations";
import { museumDemonstration } from "./demonstration/museum-demonstration";
import type { MuseumsEnvironment } from "./environment";
import { museumIndicators } from "./indicator/museum-indicators";
import { museumMeasures } from "./museum/museum-measures";
import { MuseumPlacementRecord, MuseumRecord, MuseumReportRecord } from "./museum/museum.record";

/** What museums are as rows and figures. */
export const museumsDesign: InstitutionDesign = {
  name: "museums",
  sdl: () => institutionSdl(__dirname),
  names: {
    type: "Museum",
    report: "MuseumReport",
    one: "museum",
    many: "museums",
    indicators: "museumIndicators",
  },
  records: {
    institution: MuseumRecord,
    placement: MuseumPlacementRecord,
    report: MuseumReportRecord,
  },
  otherRecords: [],
  migrations,
  figures: {
    institution: "museum",
    placement: "museum_placement",
    report: "museum_report",
    conditions: { programme: bothOf("has_education_programme", "has_digital_display") },
    visits: "learning_visits",
  },
  indicators: museumIndicators,
  protectedSectors: [],
  entry: {
    idPrefix: "museum",
    book: museumMeasures,
  },
  demonstration: museumDemonstration,
};

/** Culture is the only owner. */
export function museumsDatabaseUrls(
  environment: MuseumsEnvironment,
): Map<Sector, string | undefined> {
  return new Map([["CULTURE", environment.MUSEUMS_DATABASE_URL]]);
}
