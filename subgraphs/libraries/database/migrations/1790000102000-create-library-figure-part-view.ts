import type { MigrationInterface, QueryRunner } from "typeorm";
import { createFigurePartView } from "../../../foundation/institution/institution-views";
import { dropReadingView } from "../../../foundation/reading-view";
import { libraryViews } from "../../library/library-views";

export class CreateLibraryFigurePartView1790000102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createFigurePartView(runner, libraryViews);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "library_figure_part");
  }
}
