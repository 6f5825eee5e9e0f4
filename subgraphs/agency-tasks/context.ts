import { dayInVietnam, type Day } from "../foundation/calendar";
import type { Database } from "../foundation/database";
import { PartialFaults } from "../foundation/faults";
import type { Ledger } from "../foundation/ledger/ledger";
import type { AgencyDirectory } from "../foundation/rights/agency-directory";
import type { Caller, Language } from "../foundation/rights/caller";
import type { RightsContext } from "../foundation/rights/enforce-rights";
import { Rights } from "../foundation/rights/rights";
import type { SubgraphContext } from "../foundation/serve-subgraph";
import type { ReferenceUnit } from "../foundation/territory/reference-file";
import type { Territory } from "../foundation/territory/territory";
import { createAdministrativeUnitLoaders } from "./administrative-unit/administrative-unit.loaders";
import { AdministrativeUnitRepository } from "./administrative-unit/administrative-unit.repository";
import { AdministrativeUnitService } from "./administrative-unit/administrative-unit.service";
import { AgencyReportRepository } from "./agency-report/agency-report.repository";
import { AgencyReportService } from "./agency-report/agency-report.service";
import { createAgencyLoaders } from "./agency/agency.loaders";
import { AgencyRepository } from "./agency/agency.repository";
import { AgencyService } from "./agency/agency.service";
import { AssessmentService } from "./assessment/assessment.service";
import { DutyProgressEntry } from "./duty-progress/duty-progress-entry";
import { createDutyProgressLoaders } from "./duty-progress/duty-progress.loaders";
import { DutyProgressRepository } from "./duty-progress/duty-progress.repository";
import { DutyProgressService } from "./duty-progress/duty-progress.service";
import { createDutyLoaders } from "./duty/duty.loaders";
import { DutyRepository } from "./duty/duty.repository";
import { DutyService } from "./duty/duty.service";
import { createIndicatorLoaders } from "./indicator/indicator.loaders";
import { IndicatorRepository } from "./indicator/indicator.repository";
import { IndicatorService } from "./indicator/indicator.service";
import { createPlanLoaders } from "./plan/plan.loaders";
import { PlanRepository } from "./plan/plan.repository";
import { PlanService } from "./plan/plan.service";
import { provincialDatabase } from "./provincial-database";
import { ProvincialWriter } from "./provincial-writer";
import type { AskHub } from "./sealed-report/hub-figures";
import { SealedReportRepository } from "./sealed-report/sealed-report.repository";
import { Sealing } from "./sealed-report/sealing";

export interface Context extends SubgraphContext, RightsContext, ReturnType<typeof createRooms> {
  /** In Việt Nam. */
  today: Day;
  language: Language;
  writer: ProvincialWriter;
  sealing: Sealing;
  sealedReports: SealedReportRepository;
  askHub: AskHub;
  /** The unit whose figures are sealed: the one that all others lie in. */
  provinceCode: string;
}

/** What the subgraph is made of, for as long as it runs. */
export interface ProvincialHouse {
  database: Database;
  ledger: Ledger;
  agencies: AgencyDirectory;
  territory: Territory;
  clock: () => Date;
  /** Asks the hub's own gateway, for what the sectors' subgraphs tell everybody. */
  askHub: AskHub;
}

/** Made anew for every request: a loader must never remember what another caller was told. */
export function createContext(
  { database, ledger, agencies, territory, clock, askHub }: ProvincialHouse,
  { viewer, language }: Caller,
): Context {
  const today = dayInVietnam(clock());
  const roles: Context["roles"] = new Map();
  const isWhole = (unit: ReferenceUnit) => unit.parentId === null && unit.validUntil === null;
  const provinceCode = territory.units.find(isWhole)!.code;
  return {
    faults: new PartialFaults(),
    today,
    language,
    rights: new Rights(viewer, agencies, territory, today),
    roles,
    placesOf: async () => [],
    unitOf: () => {
      throw new Error("nothing here is owned by a unit");
    },
    writer: new ProvincialWriter(ledger, viewer, roles, new DutyProgressEntry(agencies, today)),
    sealing: new Sealing(ledger, askHub, provinceCode, today),
    sealedReports: new SealedReportRepository(provincialDatabase(database)),
    askHub,
    provinceCode,
    ...createRooms(database, today),
  };
}

function createRooms(database: Database, today: Day) {
  const provincial = provincialDatabase(database);
  const units = new AdministrativeUnitRepository(provincial);
  const agencies = new AgencyRepository(provincial);
  const indicators = new IndicatorRepository(provincial);
  const loaders = {
    ...createAdministrativeUnitLoaders(units),
    ...createAgencyLoaders(agencies),
    ...createDutyLoaders(new DutyRepository(provincial)),
    ...createDutyProgressLoaders(new DutyProgressRepository(provincial)),
    ...createIndicatorLoaders(indicators),
    ...createPlanLoaders(new PlanRepository(provincial)),
  };
  const services = {
    administrativeUnit: new AdministrativeUnitService(units, loaders, today),
    agency: new AgencyService(agencies, loaders),
    agencyReport: new AgencyReportService(new AgencyReportRepository(provincial), loaders, today),
    assessment: new AssessmentService(loaders),
    duty: new DutyService(loaders, today),
    dutyProgress: new DutyProgressService(loaders),
    indicator: new IndicatorService(indicators, loaders, today),
    plan: new PlanService(loaders),
  };
  return { loaders, services };
}
