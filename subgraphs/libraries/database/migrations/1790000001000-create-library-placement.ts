import type { MigrationInterface, QueryRunner } from "typeorm";
import { createPlacementTable } from "../../../foundation/institution/institution-tables";

export class CreateLibraryPlacement1790000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createPlacementTable(runner, "library_placement");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("library_placement");
  }
}
