import { TableColumn, type MigrationInterface, type QueryRunner } from "typeorm";

export class AddDutyProgressEntry1790000022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns("duty_progress", [
      new TableColumn({ name: "version", type: "int", default: 1 }),
      new TableColumn({ name: "audit_sequence", type: "int", isNullable: true }),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns("duty_progress", ["version", "audit_sequence"]);
  }
}
