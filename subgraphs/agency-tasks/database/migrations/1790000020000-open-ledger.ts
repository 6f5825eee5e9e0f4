import type { MigrationInterface, QueryRunner } from "typeorm";
import { LedgerHeadRecord, openLedger } from "../../../foundation/ledger/ledger.record";

export class OpenLedger1790000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await openLedger(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.manager.clear(LedgerHeadRecord);
  }
}
