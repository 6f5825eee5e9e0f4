import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateIndicator1790000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "indicator",
        columns: [
          { name: "code", type: "varchar", length: "16", isPrimary: true },
          { name: "ordinal", type: "int" },
          { name: "name", type: "varchar", length: "500" },
          { name: "name_en", type: "varchar", length: "500" },
          { name: "kind", type: "varchar", length: "16" },
          { name: "plan_section", type: "varchar", length: "16" },
          { name: "condition", type: "varchar", length: "500" },
          { name: "condition_en", type: "varchar", length: "500" },
          { name: "note", type: "varchar", length: "500", isNullable: true },
          { name: "note_en", type: "varchar", length: "500", isNullable: true },
          { name: "supporting_duty_ids", type: "text" },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("indicator");
  }
}
