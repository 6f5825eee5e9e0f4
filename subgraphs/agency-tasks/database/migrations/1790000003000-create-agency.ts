import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateAgency1790000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "agency",
        columns: [
          { name: "id", type: "varchar", length: "64", isPrimary: true },
          { name: "ordinal", type: "int" },
          { name: "name", type: "varchar", length: "200" },
          { name: "name_en", type: "varchar", length: "200" },
          { name: "sector", type: "varchar", length: "16", isNullable: true },
          { name: "kind", type: "varchar", length: "32" },
          { name: "plan_section", type: "varchar", length: "16", isNullable: true },
          { name: "valid_from", type: "date", isNullable: true },
          { name: "valid_until", type: "date", isNullable: true },
          { name: "unit_id", type: "varchar", length: "40", isNullable: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("agency");
  }
}
