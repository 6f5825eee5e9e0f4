import {
  Column,
  Entity,
  PrimaryColumn,
  Table,
  type EntityManager,
  type QueryRunner,
} from "typeorm";

/** How a class of institutions that has ended is counted; a later ruling supersedes an earlier one and keeps it. */
@Entity({ name: "ruling" })
export class RulingRecord {
  @PrimaryColumn({ type: "varchar", length: 36 })
  id!: string;

  /** The kind of institution that the ruling is about. */
  @Column({ type: "varchar", length: 24 })
  class!: string;

  /** CARRIED, FROZEN or RETIRED. */
  @Column({ type: "varchar", length: 16 })
  basis!: string;

  @Column({ type: "varchar", length: 500 })
  citation!: string;

  /** The first day on which the class no longer exists. */
  @Column({ name: "class_ended_on", type: "date" })
  classEndedOn!: string;

  @Column({ name: "recorded_at", type: "datetime", precision: 3 })
  recordedAt!: Date;
}

/** The one recorded last; null: the class has not ended, as far as anybody has ruled. */
export function rulingInForce(manager: EntityManager, ended: string): Promise<RulingRecord | null> {
  return manager.findOne(RulingRecord, {
    where: { class: ended },
    order: { recordedAt: "DESC", id: "DESC" },
  });
}

export async function createRulingTable(runner: QueryRunner, name: string): Promise<void> {
  await runner.createTable(
    new Table({
      name,
      columns: [
        { name: "id", type: "varchar", length: "36", isPrimary: true },
        { name: "class", type: "varchar", length: "24" },
        { name: "basis", type: "varchar", length: "16" },
        { name: "citation", type: "varchar", length: "500" },
        { name: "class_ended_on", type: "date" },
        { name: "recorded_at", type: "datetime", precision: 3 },
      ],
    }),
  );
}

/**
 * What holds until somebody rules otherwise, stored with the first migration: the plan of Lai Châu names no heir for the
 * classes that ended with the districts on 1 July 2025, so their last members are followed.
 */
export async function recordDefaultRuling(
  runner: QueryRunner,
  districtClass: string,
): Promise<void> {
  await runner.manager.insert(RulingRecord, {
    id: "00000000-0000-4000-8000-000000000001",
    class: districtClass,
    basis: "CARRIED",
    citation:
      "Mặc định của hệ thống: cấp huyện chấm dứt ngày 01/7/2025 (Nghị quyết 203/2025/QH15, Luật 72/2025/QH15); " +
      "Kế hoạch không nêu loại hình thay thế, nên theo dõi tiếp các cơ sở cấp huyện còn hoạt động.",
    classEndedOn: "2025-07-01",
    recordedAt: new Date("2025-07-01T00:00:00Z"),
  });
}
