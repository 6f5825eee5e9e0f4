import type { MigrationInterface, QueryRunner } from "typeorm";
import { createFigurePartView } from "../../../foundation/institution/institution-views";
import { dropReadingView } from "../../../foundation/reading-view";
import { culturalCentreViews } from "../../cultural-centre/cultural-centre-views";

export class CreateCulturalCentreFigurePartView1790000102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createFigurePartView(runner, culturalCentreViews);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "cultural_centre_figure_part");
  }
}
