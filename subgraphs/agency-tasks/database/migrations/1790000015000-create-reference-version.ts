import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateReferenceVersion1790000015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "reference_version",
        columns: [
          { name: "file", type: "varchar", length: "16", isPrimary: true },
          { name: "sha256", type: "varchar", length: "64" },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("reference_version");
  }
}
