import type { MigrationInterface, QueryRunner } from "typeorm";
import { reportEntryColumns } from "../../../foundation/institution/institution-tables";

export class AddMuseumReportEntry1790000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await reportEntryColumns.add(runner, "museum_report");
  }

  async down(runner: QueryRunner): Promise<void> {
    await reportEntryColumns.drop(runner, "museum_report");
  }
}
