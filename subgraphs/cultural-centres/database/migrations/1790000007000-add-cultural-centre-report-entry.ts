import type { MigrationInterface, QueryRunner } from "typeorm";
import { reportEntryColumns } from "../../../foundation/institution/institution-tables";

export class AddCulturalCentreReportEntry1790000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await reportEntryColumns.add(runner, "cultural_centre_report");
  }

  async down(runner: QueryRunner): Promise<void> {
    await reportEntryColumns.drop(runner, "cultural_centre_report");
  }
}
