import type { MigrationInterface, QueryRunner } from "typeorm";
import { createKindTable } from "../../../foundation/institution/institution-tables";

export class CreateLibraryKind1790000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createKindTable(runner, "library_kind");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("library_kind");
  }
}
