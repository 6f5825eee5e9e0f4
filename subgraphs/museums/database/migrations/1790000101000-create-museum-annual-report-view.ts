import type { MigrationInterface, QueryRunner } from "typeorm";
import { createReportView } from "../../../foundation/institution/institution-views";
import { dropReadingView } from "../../../foundation/reading-view";
import { museumViews } from "../../museum/museum-views";

export class CreateMuseumAnnualReportView1790000101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReportView(runner, museumViews);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "museum_annual_report");
  }
}
