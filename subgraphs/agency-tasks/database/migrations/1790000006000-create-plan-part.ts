import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreatePlanPart1790000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "plan_part",
        columns: [
          { name: "kind", type: "varchar", length: "24", isPrimary: true },
          { name: "code", type: "varchar", length: "64", isPrimary: true },
          { name: "ordinal", type: "int" },
          { name: "parent_code", type: "varchar", length: "64", isNullable: true },
          { name: "plan_section", type: "varchar", length: "16" },
          { name: "name", type: "varchar", length: "500" },
          { name: "name_en", type: "varchar", length: "500" },
          { name: "details", type: "text", isNullable: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("plan_part");
  }
}
