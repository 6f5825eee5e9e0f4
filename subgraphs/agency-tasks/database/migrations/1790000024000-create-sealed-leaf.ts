import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateSealedLeaf1790000024000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "sealed_leaf",
        columns: [
          { name: "year", type: "int", isPrimary: true },
          { name: "tree", type: "varchar", length: "16", isPrimary: true },
          { name: "ordinal", type: "int", isPrimary: true },
          { name: "content", type: "text" },
        ],
        indices: [{ name: "sealed_leaf_by_tree", columnNames: ["year", "tree", "ordinal"] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("sealed_leaf");
  }
}
