import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateDutyProgress1790000011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "duty_progress",
        columns: [
          { name: "id", type: "varchar", length: "36", isPrimary: true },
          { name: "duty_id", type: "varchar", length: "40" },
          { name: "agency_id", type: "varchar", length: "64" },
          { name: "year", type: "int" },
          { name: "status", type: "varchar", length: "16" },
          { name: "percent", type: "int", isNullable: true },
          { name: "summary", type: "varchar", length: "500", isNullable: true },
          { name: "blocked_reason", type: "varchar", length: "500", isNullable: true },
          { name: "evidence_url", type: "varchar", length: "500", isNullable: true },
          { name: "reported_at", type: "datetime", precision: 3 },
          { name: "demonstration", type: "boolean" },
        ],
        indices: [
          {
            name: "duty_progress_by_duty",
            columnNames: ["duty_id", "year", "agency_id"],
            isUnique: true,
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("duty_progress");
  }
}
