import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateDuty1790000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "duty",
        columns: [
          { name: "id", type: "varchar", length: "40", isPrimary: true },
          { name: "clause", type: "varchar", length: "16" },
          { name: "group_code", type: "varchar", length: "16" },
          { name: "ordinal", type: "int" },
          { name: "plan_section", type: "varchar", length: "16" },
          { name: "name", type: "varchar", length: "500" },
          { name: "name_en", type: "varchar", length: "500" },
          { name: "roles", type: "text" },
          { name: "also_with", type: "varchar", length: "500", isNullable: true },
          { name: "also_with_en", type: "varchar", length: "500", isNullable: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("duty");
  }
}
