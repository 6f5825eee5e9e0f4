import type { MigrationInterface, QueryRunner } from "typeorm";
import { createLedgerHeadTable } from "../../../foundation/ledger/ledger.record";

export class CreateLedgerHead1790000019000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createLedgerHeadTable(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("ledger_head");
  }
}
