import type { MigrationInterface, QueryRunner } from "typeorm";
import { institutionEntryColumns } from "../../../foundation/institution/institution-tables";

export class AddMuseumEntry1790000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await institutionEntryColumns.add(runner, "museum");
  }

  async down(runner: QueryRunner): Promise<void> {
    await institutionEntryColumns.drop(runner, "museum");
  }
}
