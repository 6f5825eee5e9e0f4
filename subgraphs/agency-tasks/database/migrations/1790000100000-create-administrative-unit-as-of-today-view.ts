import type { MigrationInterface, QueryRunner } from "typeorm";
import {
  createReadingView,
  dropReadingView,
  todayInVietnamSql,
} from "../../../foundation/reading-view";

export class CreateAdministrativeUnitAsOfTodayView1790000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const today = todayInVietnamSql(runner);
    await createReadingView(
      runner,
      "administrative_unit_as_of_today",
      `SELECT u.id AS id, u.code AS code, u.name AS name, u.name_en AS name_en, u.type AS type, u.parent_id AS parent_id,
              u.valid_from AS valid_from
       FROM administrative_unit u
       WHERE (u.valid_from IS NULL OR u.valid_from <= ${today}) AND (u.valid_until IS NULL OR u.valid_until > ${today})`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "administrative_unit_as_of_today");
  }
}
