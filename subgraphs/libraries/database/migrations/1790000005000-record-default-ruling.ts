import type { MigrationInterface, QueryRunner } from "typeorm";
import { recordDefaultRuling, RulingRecord } from "../../../foundation/indicator/ruling.record";

export class RecordDefaultRuling1790000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await recordDefaultRuling(runner, "DISTRICT_PUBLIC");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.manager.delete(RulingRecord, { class: "DISTRICT_PUBLIC" });
  }
}
