import type { MigrationInterface, QueryRunner } from "typeorm";
import { createReadingView, dropReadingView } from "../../../foundation/reading-view";

export class CreateIndicatorMilestoneView1790000102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReadingView(
      runner,
      "indicator_milestone",
      `SELECT i.code AS indicator_code, i.name AS indicator_name, i.name_en AS indicator_name_en, i.kind AS kind,
              i.plan_section AS plan_section, m.year AS year, m.minimum AS minimum, m.maximum AS maximum,
              m.verb AS verb, m.wording AS wording, m.wording_en AS wording_en
       FROM indicator i JOIN milestone m ON m.indicator_code = i.code`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "indicator_milestone");
  }
}
