import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateUnitSuccession1790000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "unit_succession",
        columns: [
          { name: "predecessor_id", type: "varchar", length: "40", isPrimary: true },
          { name: "successor_id", type: "varchar", length: "40", isPrimary: true },
          { name: "effective_on", type: "date" },
          { name: "instrument", type: "varchar", length: "500" },
        ],
        indices: [
          { name: "unit_succession_by_successor", columnNames: ["successor_id", "predecessor_id"] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("unit_succession");
  }
}
