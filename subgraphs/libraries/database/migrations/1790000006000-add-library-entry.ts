import type { MigrationInterface, QueryRunner } from "typeorm";
import { institutionEntryColumns } from "../../../foundation/institution/institution-tables";

export class AddLibraryEntry1790000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await institutionEntryColumns.add(runner, "library");
  }

  async down(runner: QueryRunner): Promise<void> {
    await institutionEntryColumns.drop(runner, "library");
  }
}
