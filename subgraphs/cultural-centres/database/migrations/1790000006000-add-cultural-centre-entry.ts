import type { MigrationInterface, QueryRunner } from "typeorm";
import { institutionEntryColumns } from "../../../foundation/institution/institution-tables";

export class AddCulturalCentreEntry1790000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await institutionEntryColumns.add(runner, "cultural_centre");
  }

  async down(runner: QueryRunner): Promise<void> {
    await institutionEntryColumns.drop(runner, "cultural_centre");
  }
}
