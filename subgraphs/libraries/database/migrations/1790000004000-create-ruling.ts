import type { MigrationInterface, QueryRunner } from "typeorm";
import { createRulingTable } from "../../../foundation/indicator/ruling.record";

export class CreateRuling1790000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createRulingTable(runner, "ruling");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("ruling");
  }
}
