import type { MigrationInterface, QueryRunner } from "typeorm";
import { createInstitutionView } from "../../../foundation/institution/institution-views";
import { dropReadingView } from "../../../foundation/reading-view";
import { museumViews } from "../../museum/museum-views";

export class CreateMuseumAsOfTodayView1790000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createInstitutionView(runner, museumViews);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadingView(runner, "museum_as_of_today");
  }
}
