import type { MigrationInterface, QueryRunner } from "typeorm";

/** What parts letters from tones in a stored sort key was above the space: “Mường Tè A” stood before “Mường Tè”. */
export class SortCulturalCentreShortNamesFirst1790000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE cultural_centre SET name_sort = REPLACE(name_sort, ?, ?)", [
      "!",
      "\t",
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE cultural_centre SET name_sort = REPLACE(name_sort, ?, ?)", [
      "\t",
      "!",
    ]);
  }
}
