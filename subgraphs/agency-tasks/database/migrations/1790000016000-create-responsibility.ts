import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateResponsibility1790000016000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "responsibility",
        columns: [
          { name: "indicator_code", type: "varchar", length: "16", isPrimary: true },
          { name: "duty_id", type: "varchar", length: "40", isPrimary: true },
          { name: "agency_id", type: "varchar", length: "64", isPrimary: true },
          { name: "ordinal", type: "int" },
          { name: "from_on", type: "date", isNullable: true },
          { name: "until_on", type: "date", isNullable: true },
          { name: "basis", type: "varchar", length: "16" },
          { name: "scope", type: "varchar", length: "500", isNullable: true },
          { name: "scope_en", type: "varchar", length: "500", isNullable: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("responsibility");
  }
}
