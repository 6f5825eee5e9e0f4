import type { MigrationInterface, QueryRunner } from "typeorm";
import { createFigurePartView } from "../../../foundation/institution/institution-views";
import { dropReadingView } from "../../../foundation/reading-view";
import { museumViews } from "../../museum/museum-views";

export class CreateMuseumFigurePartView1790000102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createFigurePartView(runner, museumViews);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "museum_figure_part");
  }
}
