import { bothOf } from "../foundation/indicator/figure.repository";
import {
  institutionSdl,
  type InstitutionDesign,
} from "../foundation/institution/institution-subgraph";
import type { Sector } from "../foundation/sector";
import { RulingRecord } from "../foundation/indicator/ruling.record";
import { migrations } from "./database/migrations";
import { culturalCentreDemonstration } from "./demonstration/cultural-centre-demonstration";
import type { CulturalCentresEnvironment } from "./environment";
import { culturalCentreIndicators } from "./indicator/cultural-centre-indicators";
import { culturalCentreMeasures } from "./cultural-centre/cultural-centre-measures";
import {
  CulturalCentreKindRecord,
  CulturalCentrePlacementRecord,
  CulturalCentreRecord,
  CulturalCentreReportRecord,
} from "./cultural-centre/cultural-centre.record";

/** What cultural centres are as rows and figures. */
export const culturalCentresDesign: InstitutionDesign = {
  name: "cultural-centres",
  sdl: () => institutionSdl(__dirname),
  names: {
    type: "CulturalCentre",
    report: "CulturalCentreReport",
    one: "culturalCentre",
    many: "culturalCentres",
    indicators: "culturalCentreIndicators",
  },
  records: {
    institution: CulturalCentreRecord,
    placement: CulturalCentrePlacementRecord,
    kind: CulturalCentreKindRecord,
    report: CulturalCentreReportRecord,
  },
  otherRecords: [RulingRecord],
  migrations,
  figures: {
    institution: "cultural_centre",
    placement: "cultural_centre_placement",
    kind: "cultural_centre_kind",
    report: "cultural_centre_report",
    ruling: "ruling",
    conditions: {
      creative: "r.supports_creative_activity",
      activities: bothOf("has_clubs_or_classes", "has_regular_activities"),
    },
  },
  indicators: culturalCentreIndicators,
  protectedSectors: [],
  entry: {
    idPrefix: "cultural-centre",
    kindsBySector: {
      CULTURE: ["PROVINCIAL", "DISTRICT", "COMMUNE", "VILLAGE"],
    },
    book: culturalCentreMeasures,
  },
  demonstration: culturalCentreDemonstration,
};

/** Culture is the only owner. */
export function culturalCentresDatabaseUrls(
  environment: CulturalCentresEnvironment,
): Map<Sector, string | undefined> {
  return new Map([["CULTURE", environment.CULTURAL_CENTRES_DATABASE_URL]]);
}
