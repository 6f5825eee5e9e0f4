import { CreateMuseum1790000000000 } from "./1790000000000-create-museum";
import { CreateMuseumPlacement1790000001000 } from "./1790000001000-create-museum-placement";
import { CreateMuseumReport1790000002000 } from "./1790000002000-create-museum-report";
import { AddMuseumEntry1790000003000 } from "./1790000003000-add-museum-entry";
import { AddMuseumReportEntry1790000004000 } from "./1790000004000-add-museum-report-entry";
import { CreateAuditEntry1790000005000 } from "./1790000005000-create-audit-entry";
import { CreateLedgerHead1790000006000 } from "./1790000006000-create-ledger-head";
import { OpenLedger1790000007000 } from "./1790000007000-open-ledger";
import { CreateWriteReceipt1790000008000 } from "./1790000008000-create-write-receipt";
import { SortMuseumShortNamesFirst1790000009000 } from "./1790000009000-sort-museum-short-names-first";
import { CreateMuseumAsOfTodayView1790000100000 } from "./1790000100000-create-museum-as-of-today-view";
import { CreateMuseumAnnualReportView1790000101000 } from "./1790000101000-create-museum-annual-report-view";
import { CreateMuseumFigurePartView1790000102000 } from "./1790000102000-create-museum-figure-part-view";

/** In the order in which they run. */
export const migrations = [
  CreateMuseum1790000000000,
  CreateMuseumPlacement1790000001000,
  CreateMuseumReport1790000002000,
  AddMuseumEntry1790000003000,
  AddMuseumReportEntry1790000004000,
  CreateAuditEntry1790000005000,
  CreateLedgerHead1790000006000,
  OpenLedger1790000007000,
  CreateWriteReceipt1790000008000,
  SortMuseumShortNamesFirst1790000009000,
  CreateMuseumAsOfTodayView1790000100000,
  CreateMuseumAnnualReportView1790000101000,
  CreateMuseumFigurePartView1790000102000,
];
