import { CreateAdministrativeUnit1790000000000 } from "./1790000000000-create-administrative-unit";
import { CreateUnitName1790000001000 } from "./1790000001000-create-unit-name";
import { CreateUnitSuccession1790000002000 } from "./1790000002000-create-unit-succession";
import { CreateAgency1790000003000 } from "./1790000003000-create-agency";
import { CreateAgencySuccession1790000004000 } from "./1790000004000-create-agency-succession";
import { CreatePlan1790000005000 } from "./1790000005000-create-plan";
import { CreatePlanPart1790000006000 } from "./1790000006000-create-plan-part";
import { CreateIndicator1790000007000 } from "./1790000007000-create-indicator";
import { CreateMilestone1790000008000 } from "./1790000008000-create-milestone";
import { CreateDuty1790000009000 } from "./1790000009000-create-duty";
import { CreateDutyAgency1790000010000 } from "./1790000010000-create-duty-agency";
import { CreateDutyProgress1790000011000 } from "./1790000011000-create-duty-progress";
import { CreateAgencyReport1790000012000 } from "./1790000012000-create-agency-report";
import { CreateDueRule1790000013000 } from "./1790000013000-create-due-rule";
import { RecordDueRules1790000014000 } from "./1790000014000-record-due-rules";
import { CreateReferenceVersion1790000015000 } from "./1790000015000-create-reference-version";
import { CreateResponsibility1790000016000 } from "./1790000016000-create-responsibility";
import { CreateReporter1790000017000 } from "./1790000017000-create-reporter";
import { CreateAuditEntry1790000018000 } from "./1790000018000-create-audit-entry";
import { CreateLedgerHead1790000019000 } from "./1790000019000-create-ledger-head";
import { OpenLedger1790000020000 } from "./1790000020000-open-ledger";
import { CreateWriteReceipt1790000021000 } from "./1790000021000-create-write-receipt";
import { AddDutyProgressEntry1790000022000 } from "./1790000022000-add-duty-progress-entry";
import { CreateSealedReport1790000023000 } from "./1790000023000-create-sealed-report";
import { CreateSealedLeaf1790000024000 } from "./1790000024000-create-sealed-leaf";
import { SortAdministrativeUnitShortNamesFirst1790000025000 } from "./1790000025000-sort-administrative-unit-short-names-first";
import { CreateAdministrativeUnitAsOfTodayView1790000100000 } from "./1790000100000-create-administrative-unit-as-of-today-view";
import { CreateAgencyAsOfTodayView1790000101000 } from "./1790000101000-create-agency-as-of-today-view";
import { CreateIndicatorMilestoneView1790000102000 } from "./1790000102000-create-indicator-milestone-view";
import { CreateDutyOfAgencyView1790000103000 } from "./1790000103000-create-duty-of-agency-view";
import { CreateDutyProgressLatestView1790000104000 } from "./1790000104000-create-duty-progress-latest-view";

/** In the order in which they run. */
export const migrations = [
  CreateAdministrativeUnit1790000000000,
  CreateUnitName1790000001000,
  CreateUnitSuccession1790000002000,
  CreateAgency1790000003000,
  CreateAgencySuccession1790000004000,
  CreatePlan1790000005000,
  CreatePlanPart1790000006000,
  CreateIndicator1790000007000,
  CreateMilestone1790000008000,
  CreateDuty1790000009000,
  CreateDutyAgency1790000010000,
  CreateDutyProgress1790000011000,
  CreateAgencyReport1790000012000,
  CreateDueRule1790000013000,
  RecordDueRules1790000014000,
  CreateReferenceVersion1790000015000,
  CreateResponsibility1790000016000,
  CreateReporter1790000017000,
  CreateAuditEntry1790000018000,
  CreateLedgerHead1790000019000,
  OpenLedger1790000020000,
  CreateWriteReceipt1790000021000,
  AddDutyProgressEntry1790000022000,
  CreateSealedReport1790000023000,
  CreateSealedLeaf1790000024000,
  SortAdministrativeUnitShortNamesFirst1790000025000,
  CreateAdministrativeUnitAsOfTodayView1790000100000,
  CreateAgencyAsOfTodayView1790000101000,
  CreateIndicatorMilestoneView1790000102000,
  CreateDutyOfAgencyView1790000103000,
  CreateDutyProgressLatestView1790000104000,
];
