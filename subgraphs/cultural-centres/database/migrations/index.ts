import { CreateCulturalCentre1790000000000 } from "./1790000000000-create-cultural-centre";
import { CreateCulturalCentrePlacement1790000001000 } from "./1790000001000-create-cultural-centre-placement";
import { CreateCulturalCentreKind1790000002000 } from "./1790000002000-create-cultural-centre-kind";
import { CreateCulturalCentreReport1790000003000 } from "./1790000003000-create-cultural-centre-report";
import { CreateRuling1790000004000 } from "./1790000004000-create-ruling";
import { RecordDefaultRuling1790000005000 } from "./1790000005000-record-default-ruling";

/** In the order in which they run. */
export const migrations = [
  CreateCulturalCentre1790000000000,
  CreateCulturalCentrePlacement1790000001000,
  CreateCulturalCentreKind1790000002000,
  CreateCulturalCentreReport1790000003000,
  CreateRuling1790000004000,
  RecordDefaultRuling1790000005000,
];
