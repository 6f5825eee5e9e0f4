import { Column, Entity, PrimaryColumn } from "typeorm";

/** One of the plan's indicators. */
@Entity({ name: "indicator" })
export class IndicatorRecord {
  @PrimaryColumn({ type: "varchar", length: 16 })
  code!: string;

  /** Its place in the plan. */
  @Column({ type: "int" })
  ordinal!: number;

  @Column({ type: "varchar", length: 500 })
  name!: string;

  @Column({ name: "name_en", type: "varchar", length: 500 })
  nameEn!: string;

  @Column({ type: "varchar", length: 16 })
  kind!: string;

  @Column({ name: "plan_section", type: "varchar", length: 16 })
  planSection!: string;

  @Column({ type: "varchar", length: 500 })
  condition!: string;

  @Column({ name: "condition_en", type: "varchar", length: 500 })
  conditionEn!: string;

  @Column({ type: "varchar", length: 500, nullable: true })
  note!: string | null;

  @Column({ name: "note_en", type: "varchar", length: 500, nullable: true })
  noteEn!: string | null;

  @Column({ name: "supporting_duty_ids", type: "simple-json" })
  supportingDutyIds!: string[];
}
