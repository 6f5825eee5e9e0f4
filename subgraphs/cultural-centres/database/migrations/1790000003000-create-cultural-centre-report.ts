import type { MigrationInterface, QueryRunner } from "typeorm";
import { createReportTable } from "../../../foundation/institution/institution-tables";

export class CreateCulturalCentreReport1790000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReportTable(runner, "cultural_centre_report", [
      { name: "supports_creative_activity", type: "boolean" },
      { name: "has_clubs_or_classes", type: "boolean" },
      { name: "has_regular_activities", type: "boolean" },
      { name: "clubs", type: "int" },
      { name: "talent_classes", type: "int" },
      { name: "interest_groups", type: "int" },
      { name: "events", type: "int" },
      { name: "participants", type: "int" },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("cultural_centre_report");
  }
}
