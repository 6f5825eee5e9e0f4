import type { MigrationInterface, QueryRunner } from "typeorm";
import { createAuditEntryTable } from "../../../foundation/ledger/ledger.record";

export class CreateAuditEntry1790000018000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAuditEntryTable(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("audit_entry");
  }
}
