import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreatePlan1790000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "plan",
        columns: [
          { name: "id", type: "varchar", length: "16", isPrimary: true },
          { name: "name", type: "varchar", length: "500" },
          { name: "name_en", type: "varchar", length: "500" },
          { name: "number", type: "varchar", length: "64", isNullable: true },
          { name: "issued_on", type: "date", isNullable: true },
          { name: "issuer_id", type: "varchar", length: "64" },
          { name: "unit_id", type: "varchar", length: "40", isNullable: true },
          { name: "first_year", type: "int" },
          { name: "last_year", type: "int" },
          { name: "decision", type: "text" },
          { name: "note", type: "text", isNullable: true },
          { name: "note_en", type: "text", isNullable: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("plan");
  }
}
