import type { MigrationInterface, QueryRunner } from "typeorm";
import { createInstitutionTable } from "../../../foundation/institution/institution-tables";

export class CreateMuseum1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createInstitutionTable(runner, "museum");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("museum");
  }
}
