import { TableColumn } from "typeorm";
import type { Database } from "../../subgraphs/foundation/database";

/** What a later migration may do to a table: a column more, and that column taken away. */
export async function addColumnAndTakeItAway(database: Database, table: string): Promise<void> {
  await database.write(async ({ queryRunner }) => {
    await queryRunner!.addColumn(
      table,
      new TableColumn({ name: "added_later", type: "int", isNullable: true }),
    );
    await queryRunner!.dropColumn(table, "added_later");
  });
}
