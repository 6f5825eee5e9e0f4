import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { In, Not, type EntityManager, type EntityTarget, type ObjectLiteral } from "typeorm";
import type { Database } from "../../foundation/database";
import { readReferenceUnits } from "../../foundation/territory/reference-file";
import { AdministrativeUnitRecord } from "../administrative-unit/administrative-unit.record";
import { UnitNameRecord } from "../administrative-unit/unit-name.record";
import { UnitSuccessionRecord } from "../administrative-unit/unit-succession.record";
import { AgencyReportRecord } from "../agency-report/agency-report.record";
import { ReporterRecord } from "../agency-report/reporter.record";
import { AgencySuccessionRecord } from "../agency/agency-succession.record";
import { AgencyRecord } from "../agency/agency.record";
import { DutyProgressRecord } from "../duty-progress/duty-progress.record";
import { DutyAgencyRecord } from "../duty/duty-agency.record";
import { DutyRecord } from "../duty/duty.record";
import type { AgencyTasksEnvironment } from "../environment";
import { IndicatorRecord } from "../indicator/indicator.record";
import { MilestoneRecord } from "../indicator/milestone.record";
import { ResponsibilityRecord } from "../indicator/responsibility.record";
import { PlanPartRecord } from "../plan/plan-part.record";
import { PlanRecord } from "../plan/plan.record";
import { agencyRows } from "./agency-rows";
import { dutyRows } from "./duty-rows";
import { readPlanAndAgencies } from "./plan-file";
import { indicatorRows, planPartRows, planRow } from "./plan-rows";
import { ReferenceVersionRecord } from "./reference-version.record";
import { unitRows } from "./unit-rows";

/** Where the three files lie, by the settings that name them. */
export type ReferenceFiles = Pick<
  AgencyTasksEnvironment,
  "REFERENCE_UNITS" | "REFERENCE_PLAN" | "REFERENCE_AGENCIES"
>;

/**
 * Puts the reference files in the place of the reference that stands in the database, in one transaction; loading them again
 * changes nothing.
 * @throws ReferenceFileError or PlanFileError when a file is wrong; nothing is written then.
 * @throws when an agency or a duty is missing about which something has been reported; nothing is written then.
 */
export async function loadReference(database: Database, files: ReferenceFiles) {
  const versions = versionsOf(files);
  const units = readReferenceUnits(files.REFERENCE_UNITS);
  const { plan, agencies } = readPlanAndAgencies(files.REFERENCE_PLAN, files.REFERENCE_AGENCIES);
  const agencyById = new Map(agencies.map((agency) => [agency.id, agency]));
  const rows = {
    ...unitRows(units),
    ...agencyRows(agencies, units, plan.decision.signedOn),
    ...dutyRows(plan, agencyById),
    ...indicatorRows(plan, agencyById),
    planParts: planPartRows(plan),
  };
  await database.write(async (manager) => {
    await requireKept(manager, DutyProgressRecord, "dutyId", rows.duties);
    await requireKept(manager, DutyProgressRecord, "agencyId", rows.agencies);
    await requireKept(manager, AgencyReportRecord, "agencyId", rows.agencies);
    await replace(manager, AdministrativeUnitRecord, rows.units);
    await replace(manager, UnitNameRecord, rows.names);
    await replace(manager, UnitSuccessionRecord, rows.successions);
    await replace(manager, AgencyRecord, rows.agencies);
    await replace(manager, AgencySuccessionRecord, rows.agencySuccessions);
    await replace(manager, PlanRecord, [planRow(plan, units)]);
    await replace(manager, PlanPartRecord, rows.planParts);
    await replace(manager, IndicatorRecord, rows.indicators);
    await replace(manager, MilestoneRecord, rows.milestones);
    await replace(manager, ResponsibilityRecord, rows.responsibilities);
    await replace(manager, DutyRecord, rows.duties);
    await replace(manager, DutyAgencyRecord, rows.dutyAgencies);
    await replace(manager, ReporterRecord, rows.reporters);
    await replace(manager, ReferenceVersionRecord, versions);
  });
  return {
    units: rows.units.length,
    successions: rows.successions.length,
    agencies: rows.agencies.length,
    agencySuccessions: rows.agencySuccessions.length,
    indicators: rows.indicators.length,
    tasks: rows.planParts.filter(({ kind }) => kind === "TASK").length,
    duties: rows.duties.length,
  };
}

/** Whether what stands in the database was read from these very files. */
export async function isReferenceCurrent(
  database: Database,
  files: ReferenceFiles,
): Promise<boolean> {
  const stored = await database.read((manager) => manager.find(ReferenceVersionRecord));
  return versionsOf(files).every(({ file, sha256 }) =>
    stored.some((version) => version.file === file && version.sha256 === sha256),
  );
}

/** Raised when a row is made from the same files in another way than before. */
const FORM = "1";

/** A file that cannot be read has no version: reading it says what is wrong. */
function versionsOf(files: ReferenceFiles): ReferenceVersionRecord[] {
  return Object.entries({
    units: files.REFERENCE_UNITS,
    plan: files.REFERENCE_PLAN,
    agencies: files.REFERENCE_AGENCIES,
  }).map(([file, path]) => ({ file, sha256: sha256Of(path) }));
}

function sha256Of(path: string): string {
  const hash = createHash("sha256").update(FORM);
  try {
    hash.update(readFileSync(path));
  } catch {
    return "";
  }
  return hash.digest("hex");
}

async function requireKept<Row extends ObjectLiteral>(
  manager: EntityManager,
  record: EntityTarget<Row>,
  column: string & keyof Row,
  kept: readonly { id: string }[],
): Promise<void> {
  const lost = await manager.findOne(record, {
    where: { [column]: Not(In(kept.map(({ id }) => id))) } as never,
  });
  if (!lost) return;
  throw new Error(
    `Tệp tham chiếu thiếu ${lost[column]}, trong khi đã có báo cáo về đối tượng này; đơn vị chấm dứt thì ghi ngày, không xóa. / ` +
      `The reference file lacks ${lost[column]}, about which something has been reported; what has ended is given a day, not removed.`,
  );
}

/** Rows of one statement: far below every engine's limit on parameters. */
const CHUNK = 500;

async function replace<Row extends ObjectLiteral>(
  manager: EntityManager,
  record: EntityTarget<Row>,
  rows: Row[],
): Promise<void> {
  await manager.createQueryBuilder().delete().from(record).execute();
  for (let start = 0; start < rows.length; start += CHUNK)
    await manager
      .createQueryBuilder()
      .insert()
      .into(record)
      .values(rows.slice(start, start + CHUNK))
      .updateEntity(false)
      .execute();
}
