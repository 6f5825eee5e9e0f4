import type { MigrationInterface, QueryRunner } from "typeorm";
import {
  createReadingView,
  dropReadingView,
  todayInVietnamSql,
} from "../../../foundation/reading-view";

export class CreateAgencyAsOfTodayView1790000101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const today = todayInVietnamSql(runner);
    await createReadingView(
      runner,
      "agency_as_of_today",
      `SELECT a.id AS id, a.name AS name, a.name_en AS name_en, a.sector AS sector, a.kind AS kind,
              a.plan_section AS plan_section, a.unit_id AS unit_id, a.valid_from AS valid_from
       FROM agency a
       WHERE (a.valid_from IS NULL OR a.valid_from <= ${today}) AND (a.valid_until IS NULL OR a.valid_until > ${today})`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "agency_as_of_today");
  }
}
