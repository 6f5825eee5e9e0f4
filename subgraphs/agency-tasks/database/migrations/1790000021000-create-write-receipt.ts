import type { MigrationInterface, QueryRunner } from "typeorm";
import { createWriteReceiptTable } from "../../../foundation/ledger/ledger.record";

export class CreateWriteReceipt1790000021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createWriteReceiptTable(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("write_receipt");
  }
}
