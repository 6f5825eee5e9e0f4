import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateUnitName1790000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "unit_name",
        columns: [
          { name: "unit_id", type: "varchar", length: "40", isPrimary: true },
          { name: "ordinal", type: "int", isPrimary: true },
          { name: "name", type: "varchar", length: "200" },
          { name: "name_folded", type: "varchar", length: "200" },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("unit_name");
  }
}
