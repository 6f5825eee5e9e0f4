import { CreateLibrary1790000000000 } from "./1790000000000-create-library";
import { CreateLibraryPlacement1790000001000 } from "./1790000001000-create-library-placement";
import { CreateLibraryKind1790000002000 } from "./1790000002000-create-library-kind";
import { CreateLibraryReport1790000003000 } from "./1790000003000-create-library-report";
import { CreateRuling1790000004000 } from "./1790000004000-create-ruling";
import { RecordDefaultRuling1790000005000 } from "./1790000005000-record-default-ruling";
import { AddLibraryEntry1790000006000 } from "./1790000006000-add-library-entry";
import { AddLibraryReportEntry1790000007000 } from "./1790000007000-add-library-report-entry";
import { CreateAuditEntry1790000008000 } from "./1790000008000-create-audit-entry";
import { CreateLedgerHead1790000009000 } from "./1790000009000-create-ledger-head";
import { OpenLedger1790000010000 } from "./1790000010000-open-ledger";
import { CreateWriteReceipt1790000011000 } from "./1790000011000-create-write-receipt";
import { SortLibraryShortNamesFirst1790000012000 } from "./1790000012000-sort-library-short-names-first";
import { CreateLibraryAsOfTodayView1790000100000 } from "./1790000100000-create-library-as-of-today-view";
import { CreateLibraryAnnualReportView1790000101000 } from "./1790000101000-create-library-annual-report-view";
import { CreateLibraryFigurePartView1790000102000 } from "./1790000102000-create-library-figure-part-view";

/** In the order in which they run. */
export const migrations = [
  CreateLibrary1790000000000,
  CreateLibraryPlacement1790000001000,
  CreateLibraryKind1790000002000,
  CreateLibraryReport1790000003000,
  CreateRuling1790000004000,
  RecordDefaultRuling1790000005000,
  AddLibraryEntry1790000006000,
  AddLibraryReportEntry1790000007000,
  CreateAuditEntry1790000008000,
  CreateLedgerHead1790000009000,
  OpenLedger1790000010000,
  CreateWriteReceipt1790000011000,
  SortLibraryShortNamesFirst1790000012000,
  CreateLibraryAsOfTodayView1790000100000,
  CreateLibraryAnnualReportView1790000101000,
  CreateLibraryFigurePartView1790000102000,
];
