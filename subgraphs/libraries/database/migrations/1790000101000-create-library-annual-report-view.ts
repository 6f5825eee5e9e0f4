import type { MigrationInterface, QueryRunner } from "typeorm";
import { createReportView } from "../../../foundation/institution/institution-views";
import { dropReadingView } from "../../../foundation/reading-view";
import { libraryViews } from "../../library/library-views";

export class CreateLibraryAnnualReportView1790000101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReportView(runner, libraryViews);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "library_annual_report");
  }
}
