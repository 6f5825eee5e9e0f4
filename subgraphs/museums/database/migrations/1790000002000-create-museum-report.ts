import type { MigrationInterface, QueryRunner } from "typeorm";
import { createReportTable } from "../../../foundation/institution/institution-tables";

export class CreateMuseumReport1790000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReportTable(runner, "museum_report", [
      { name: "has_education_programme", type: "boolean" },
      { name: "has_digital_display", type: "boolean" },
      { name: "visits", type: "int" },
      { name: "learning_visits", type: "int" },
      { name: "virtual_visits", type: "int" },
      { name: "educational_programmes", type: "int" },
      { name: "school_visits", type: "int" },
      { name: "digitised_objects", type: "int" },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("museum_report");
  }
}
