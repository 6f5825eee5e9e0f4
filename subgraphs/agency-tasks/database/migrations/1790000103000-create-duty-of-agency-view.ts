import type { MigrationInterface, QueryRunner } from "typeorm";
import {
  createReadingView,
  dropReadingView,
  todayInVietnamSql,
} from "../../../foundation/reading-view";

export class CreateDutyOfAgencyView1790000103000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const today = todayInVietnamSql(runner);
    await createReadingView(
      runner,
      "duty_of_agency",
      `SELECT d.id AS duty_id, d.clause AS clause, d.plan_section AS plan_section, d.name AS name, d.name_en AS name_en,
              a.part AS part, a.agency_id AS agency_id
       FROM duty d JOIN duty_agency a ON a.duty_id = d.id
       WHERE (a.from_on IS NULL OR a.from_on <= ${today}) AND (a.until_on IS NULL OR a.until_on > ${today})`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "duty_of_agency");
  }
}
