import type { MigrationInterface, QueryRunner } from "typeorm";
import { createReadingView, dropReadingView } from "../../../foundation/reading-view";

export class CreateDutyProgressLatestView1790000104000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReadingView(
      runner,
      "duty_progress_latest",
      `SELECT p.duty_id AS duty_id, p.agency_id AS agency_id, p.year AS year, p.status AS status, p.percent AS percent,
              p.summary AS summary, p.blocked_reason AS blocked_reason, p.evidence_url AS evidence_url,
              p.reported_at AS reported_at, p.demonstration AS demonstration
       FROM duty_progress p
       WHERE NOT EXISTS (SELECT 1 FROM duty_progress n
         WHERE n.duty_id = p.duty_id AND n.agency_id = p.agency_id AND n.year = p.year
           AND (n.reported_at > p.reported_at OR (n.reported_at = p.reported_at AND n.id > p.id)))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "duty_progress_latest");
  }
}
