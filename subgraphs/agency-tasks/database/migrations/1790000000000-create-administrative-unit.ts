import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateAdministrativeUnit1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "administrative_unit",
        columns: [
          { name: "id", type: "varchar", length: "40", isPrimary: true },
          { name: "code", type: "varchar", length: "8" },
          { name: "name", type: "varchar", length: "200" },
          { name: "name_en", type: "varchar", length: "200", isNullable: true },
          { name: "name_sort", type: "varchar", length: "400" },
          { name: "type", type: "varchar", length: "24" },
          { name: "parent_id", type: "varchar", length: "40", isNullable: true },
          { name: "valid_from", type: "date", isNullable: true },
          { name: "valid_until", type: "date", isNullable: true },
        ],
        indices: [
          { name: "administrative_unit_by_code", columnNames: ["code"] },
          { name: "administrative_unit_by_parent", columnNames: ["parent_id", "name_sort", "id"] },
          { name: "administrative_unit_by_name", columnNames: ["name_sort", "id"] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("administrative_unit");
  }
}
