import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateAgencyReport1790000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "agency_report",
        columns: [
          { name: "id", type: "varchar", length: "36", isPrimary: true },
          { name: "agency_id", type: "varchar", length: "64" },
          { name: "reporting_duty_code", type: "varchar", length: "8" },
          { name: "year", type: "int" },
          { name: "received_on", type: "date" },
          { name: "demonstration", type: "boolean" },
        ],
        indices: [
          {
            name: "agency_report_by_year",
            columnNames: ["year", "agency_id", "reporting_duty_code"],
            isUnique: true,
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("agency_report");
  }
}
