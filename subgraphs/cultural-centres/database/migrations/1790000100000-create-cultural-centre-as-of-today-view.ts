import type { MigrationInterface, QueryRunner } from "typeorm";
import { createInstitutionView } from "../../../foundation/institution/institution-views";
import { dropReadingView } from "../../../foundation/reading-view";
import { culturalCentreViews } from "../../cultural-centre/cultural-centre-views";

export class CreateCulturalCentreAsOfTodayView1790000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createInstitutionView(runner, culturalCentreViews);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "cultural_centre_as_of_today");
  }
}
