import { Table, type MigrationInterface, type QueryRunner } from "typeorm";

export class CreateDutyAgency1790000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "duty_agency",
        columns: [
          { name: "duty_id", type: "varchar", length: "40", isPrimary: true },
          { name: "part", type: "varchar", length: "8", isPrimary: true },
          { name: "agency_id", type: "varchar", length: "64", isPrimary: true },
          { name: "from_on", type: "date", isNullable: true },
          { name: "until_on", type: "date", isNullable: true },
        ],
        indices: [{ name: "duty_agency_by_agency", columnNames: ["agency_id", "part", "duty_id"] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("duty_agency");
  }
}
