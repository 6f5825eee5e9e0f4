import { dayInVietnam, type Day } from "../foundation/calendar";
import type { Database } from "../foundation/database";
import { PartialFaults } from "../foundation/faults";
import type { SubgraphContext } from "../foundation/serve-subgraph";
import { createAdministrativeUnitLoaders } from "./administrative-unit/administrative-unit.loaders";
import { AdministrativeUnitRepository } from "./administrative-unit/administrative-unit.repository";
import { AdministrativeUnitService } from "./administrative-unit/administrative-unit.service";
import { AgencyReportRepository } from "./agency-report/agency-report.repository";
import { AgencyReportService } from "./agency-report/agency-report.service";
import { createAgencyLoaders } from "./agency/agency.loaders";
import { AgencyRepository } from "./agency/agency.repository";
import { AgencyService } from "./agency/agency.service";
import { AssessmentService } from "./assessment/assessment.service";
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

export interface Context extends SubgraphContext, ReturnType<typeof createRooms> {
  /** In Việt Nam. */
  today: Day;
}

/** Made anew for every request: a loader must never remember what another caller was told. */
export function createContext(database: Database, clock: () => Date): Context {
  const today = dayInVietnam(clock());
  return { faults: new PartialFaults(), today, ...createRooms(database, today) };
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
