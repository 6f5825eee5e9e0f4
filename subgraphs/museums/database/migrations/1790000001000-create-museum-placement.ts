import type { MigrationInterface, QueryRunner } from "typeorm";
import { createPlacementTable } from "../../../foundation/institution/institution-tables";

export class CreateMuseumPlacement1790000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createPlacementTable(runner, "museum_placement");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("museum_placement");
  }
}
