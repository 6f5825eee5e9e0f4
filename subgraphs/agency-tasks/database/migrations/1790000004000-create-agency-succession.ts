import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateAgencySuccession1790000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "agency_succession",
        columns: [
          { name: "predecessor_id", type: "varchar", length: "64", isPrimary: true },
          { name: "ordinal", type: "int", isPrimary: true },
          { name: "successor_id", type: "varchar", length: "64", isNullable: true },
          { name: "effective_on", type: "date", isNullable: true },
          { name: "kind", type: "varchar", length: "16" },
          { name: "scope", type: "varchar", length: "500" },
          { name: "scope_en", type: "varchar", length: "500" },
          { name: "duty_ids", type: "text" },
          { name: "legal_basis", type: "varchar", length: "500", isNullable: true },
          { name: "date_basis", type: "varchar", length: "16" },
          { name: "confidence", type: "varchar", length: "16" },
          { name: "note", type: "varchar", length: "500", isNullable: true },
          { name: "note_en", type: "varchar", length: "500", isNullable: true },
        ],
        indices: [
          {
            name: "agency_succession_by_successor",
            columnNames: ["successor_id", "predecessor_id"],
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("agency_succession");
  }
}
