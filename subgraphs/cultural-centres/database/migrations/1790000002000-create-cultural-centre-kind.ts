import type { MigrationInterface, QueryRunner } from "typeorm";
import { createKindTable } from "../../../foundation/institution/institution-tables";

export class CreateCulturalCentreKind1790000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createKindTable(runner, "cultural_centre_kind");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("cultural_centre_kind");
  }
}
