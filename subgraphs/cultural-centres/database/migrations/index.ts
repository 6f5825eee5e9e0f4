import { CreateCulturalCentre1790000000000 } from "./1790000000000-create-cultural-centre";
import { CreateCulturalCentrePlacement1790000001000 } from "./1790000001000-create-cultural-centre-placement";
import { CreateCulturalCentreKind1790000002000 } from "./1790000002000-create-cultural-centre-kind";
import { CreateCulturalCentreReport1790000003000 } from "./1790000003000-create-cultural-centre-report";
import { CreateRuling1790000004000 } from "./1790000004000-create-ruling";
import { RecordDefaultRuling1790000005000 } from "./1790000005000-record-default-ruling";
import { AddCulturalCentreEntry1790000006000 } from "./1790000006000-add-cultural-centre-entry";
import { AddCulturalCentreReportEntry1790000007000 } from "./1790000007000-add-cultural-centre-report-entry";
import { CreateAuditEntry1790000008000 } from "./1790000008000-create-audit-entry";
import { CreateLedgerHead1790000009000 } from "./1790000009000-create-ledger-head";
import { OpenLedger1790000010000 } from "./1790000010000-open-ledger";
import { CreateWriteReceipt1790000011000 } from "./1790000011000-create-write-receipt";
import { SortCulturalCentreShortNamesFirst1790000012000 } from "./1790000012000-sort-cultural-centre-short-names-first";
import { CreateCulturalCentreAsOfTodayView1790000100000 } from "./1790000100000-create-cultural-centre-as-of-today-view";
import { CreateCulturalCentreAnnualReportView1790000101000 } from "./1790000101000-create-cultural-centre-annual-report-view";
import { CreateCulturalCentreFigurePartView1790000102000 } from "./1790000102000-create-cultural-centre-figure-part-view";

/** In the order in which they run. */
export const migrations = [
  CreateCulturalCentre1790000000000,
  CreateCulturalCentrePlacement1790000001000,
  CreateCulturalCentreKind1790000002000,
  CreateCulturalCentreReport1790000003000,
  CreateRuling1790000004000,
  RecordDefaultRuling1790000005000,
  AddCulturalCentreEntry1790000006000,
  AddCulturalCentreReportEntry1790000007000,
  CreateAuditEntry1790000008000,
  CreateLedgerHead1790000009000,
  OpenLedger1790000010000,
  CreateWriteReceipt1790000011000,
  SortCulturalCentreShortNamesFirst1790000012000,
  CreateCulturalCentreAsOfTodayView1790000100000,
  CreateCulturalCentreAnnualReportView1790000101000,
  CreateCulturalCentreFigurePartView1790000102000,
];
