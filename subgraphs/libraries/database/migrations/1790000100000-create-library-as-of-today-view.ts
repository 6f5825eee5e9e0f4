import type { MigrationInterface, QueryRunner } from "typeorm";
import { createInstitutionView } from "../../../foundation/institution/institution-views";
import { dropReadingView } from "../../../foundation/reading-view";
import { libraryViews } from "../../library/library-views";

export class CreateLibraryAsOfTodayView1790000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createInstitutionView(runner, libraryViews);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "library_as_of_today");
  }
}
