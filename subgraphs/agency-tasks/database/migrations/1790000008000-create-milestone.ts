import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateMilestone1790000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "milestone",
        columns: [
          { name: "indicator_code", type: "varchar", length: "16", isPrimary: true },
          { name: "year", type: "int", isPrimary: true },
          { name: "minimum", type: "decimal", precision: 9, scale: 4, isNullable: true },
          { name: "maximum", type: "decimal", precision: 9, scale: 4, isNullable: true },
          { name: "verb", type: "varchar", length: "8", isNullable: true },
          { name: "wording", type: "varchar", length: "500" },
          { name: "wording_en", type: "varchar", length: "500" },
          { name: "basis", type: "varchar", length: "16" },
          { name: "class_note", type: "varchar", length: "500", isNullable: true },
          { name: "class_note_en", type: "varchar", length: "500", isNullable: true },
          { name: "counts_book_collections", type: "boolean", isNullable: true },
          { name: "national", type: "text", isNullable: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("milestone");
  }
}
