import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateSealedReport1790000023000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "sealed_report",
        columns: [
          { name: "year", type: "int", isPrimary: true },
          { name: "state", type: "varchar", length: "16" },
          { name: "failure", type: "varchar", length: "500", isNullable: true },
          { name: "agency_id", type: "varchar", length: "64" },
          { name: "requested_at", type: "varchar", length: "24" },
          { name: "sealed_at", type: "varchar", length: "24", isNullable: true },
          { name: "reference_version", type: "varchar", length: "64", isNullable: true },
          { name: "root", type: "varchar", length: "64", isNullable: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("sealed_report");
  }
}
