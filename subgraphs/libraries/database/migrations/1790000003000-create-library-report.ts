import type { MigrationInterface, QueryRunner } from "typeorm";
import { createReportTable } from "../../../foundation/institution/institution-tables";

export class CreateLibraryReport1790000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReportTable(runner, "library_report", [
      { name: "provides_lifelong_learning", type: "boolean" },
      { name: "services", type: "text" },
      { name: "visits", type: "int" },
      { name: "learning_visits", type: "int" },
      { name: "virtual_visits", type: "int" },
      { name: "loans", type: "int" },
      { name: "registered_users", type: "int" },
      { name: "events", type: "int" },
      { name: "event_attendance", type: "int" },
      { name: "staff", type: "int" },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("library_report");
  }
}
