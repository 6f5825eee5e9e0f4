import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateReporter1790000017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "reporter",
        columns: [
          { name: "reporting_duty_code", type: "varchar", length: "8", isPrimary: true },
          { name: "agency_id", type: "varchar", length: "64", isPrimary: true },
          { name: "from_on", type: "date", isNullable: true },
          { name: "until_on", type: "date", isNullable: true },
          { name: "basis", type: "varchar", length: "16" },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("reporter");
  }
}
