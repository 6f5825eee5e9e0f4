import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateDueRule1790000013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "due_rule",
        columns: [
          { name: "reporting_duty_code", type: "varchar", length: "8", isPrimary: true },
          { name: "month", type: "int" },
          { name: "day", type: "int" },
          { name: "basis", type: "varchar", length: "500" },
          { name: "basis_en", type: "varchar", length: "500" },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("due_rule");
  }
}
