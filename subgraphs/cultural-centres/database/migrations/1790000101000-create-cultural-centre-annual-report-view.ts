import type { MigrationInterface, QueryRunner } from "typeorm";
import { createReportView } from "../../../foundation/institution/institution-views";
import { dropReadingView } from "../../../foundation/reading-view";
import { culturalCentreViews } from "../../cultural-centre/cultural-centre-views";

export class CreateCulturalCentreAnnualReportView1790000101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReportView(runner, culturalCentreViews);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "cultural_centre_annual_report");
  }
}
