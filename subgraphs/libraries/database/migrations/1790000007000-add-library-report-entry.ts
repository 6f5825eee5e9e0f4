import type { MigrationInterface, QueryRunner } from "typeorm";
import { reportEntryColumns } from "../../../foundation/institution/institution-tables";

export class AddLibraryReportEntry1790000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await reportEntryColumns.add(runner, "library_report");
  }

  async down(runner: QueryRunner): Promise<void> {
    await reportEntryColumns.drop(runner, "library_report");
  }
}
