import type { MigrationInterface, QueryRunner } from "typeorm";
import { createPlacementTable } from "../../../foundation/institution/institution-tables";

export class CreateCulturalCentrePlacement1790000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createPlacementTable(runner, "cultural_centre_placement");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("cultural_centre_placement");
  }
}
